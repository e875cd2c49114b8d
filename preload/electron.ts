/**
 * Owns the one bridge into the window's page: a way to ask for the port to the host, and the paths of dropped files.
 * Knows neither the contract nor what runs over the port. Runs sandboxed, in a world the page cannot reach.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';

contextBridge.exposeInMainWorld('photomill', {
  /** The port comes as the message `{type: 'photomill:port', nonce}` with one transferred port. */
  connect(nonce: string): void {
    ipcRenderer.once(`photomill:port:${nonce}`, ({ ports }) => {
      // A port cannot cross the bridge as a value; a message to the page's own window can carry it.
      window.postMessage({ type: 'photomill:port', nonce }, window.location.origin, ports);
    });
    ipcRenderer.send('photomill:connect', nonce);
  },
  /** Paths of dropped files or folders, granted by the main process; those that are no files of the disk are left out. */
  grantDropped(files: File[]): Promise<string[]> {
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    return ipcRenderer.invoke('photomill:grant', paths);
  },
});
