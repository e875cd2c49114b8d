/**
 * Owns the two channels a page may knock at, and who is let in (F88): the main frame of our own origin, with arguments
 * of the declared shape. All else it has to say goes over the port it gets here, checked by the contract.
 */
import { ipcMain, MessageChannelMain } from 'electron';
import { z } from 'zod';
import { messagePort } from '../../preload/message-port.ts';
import type { Port } from '../../preload/port.ts';
import { trusted } from './sender.ts';

const nonceSchema = z.uuid();
const pathsSchema = z.array(z.string().min(1).max(4096)).max(10_000);

export interface IpcParts {
  connect(port: Port): void;
  grant(path: string): Promise<void>;
}

export function openIpc({ connect, grant }: IpcParts): void {
  // electron-store answers any page with the data folder; no page of ours asks, so no other may.
  ipcMain.removeAllListeners('electron-store-get-data');
  ipcMain.on('photomill:connect', (event, nonce: unknown) => {
    const frame = trusted(event.senderFrame);
    const known = nonceSchema.safeParse(nonce);
    if (frame === null || !known.success) return;
    const { port1, port2 } = new MessageChannelMain();
    connect(messagePort(port1));
    frame.postMessage(`photomill:port:${known.data}`, null, [port2]);
  });
  ipcMain.handle('photomill:grant', async (event, paths: unknown): Promise<string[]> => {
    if (trusted(event.senderFrame) === null) throw new Error('Refused: not the window itself.');
    const known = pathsSchema.parse(paths);
    await Promise.all(known.map(grant));
    return known;
  });
}
