/** Owns how Electron runs the engine: a utility process (F92: no Node mode of the binary). Knows nothing said to it. */
import { utilityProcess } from 'electron';
import { messagePort } from '../../preload/message-port.ts';
import { engineEnvironment, type SpawnEngine } from '../engine.ts';

export function spawnUtilityEngine(entryFile: string): SpawnEngine {
  return async () => {
    const child = utilityProcess.fork(entryFile, [], {
      serviceName: 'Photomill engine',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: engineEnvironment(),
    });
    child.stdout?.pipe(process.stderr, { end: false });
    child.stderr?.pipe(process.stderr, { end: false });
    const exited = new Promise<number>((resolve) => child.once('exit', resolve));
    const spawned = new Promise<void>((resolve) => child.once('spawn', resolve));
    const early = await Promise.race([spawned, exited]);
    if (early !== undefined) throw new Error(`it ended at once with exit code ${early}`);
    return {
      port: messagePort({
        postMessage: (message) => child.postMessage(message),
        // The parent's end speaks in bare values where every other port has events, and says `exit` for `close`.
        on(type: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) {
          if (type === 'message') child.on('message', (data: unknown) => listener({ data }));
          else void exited.then(() => listener({ data: undefined }));
        },
      }),
      onExit(listener) {
        void exited.then((code) => listener(`exit code ${code}`));
      },
      kill() {
        // Not child.kill(), which asks with SIGTERM: a native call never looks up.
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
      },
    };
  };
}
