/** The engine as Electron's utility process. Owns the choice of transport and nothing else. */
import { fileURLToPath } from 'node:url';
import { type MessagePortLike, messagePort } from '../preload/message-port.ts';
import { startEngine } from './engine.ts';

// Electron adds this to `process` in a utility process; naming its type here would need an import of electron.
const { parentPort } = process as unknown as { parentPort: MessagePortLike };
startEngine(messagePort(parentPort), fileURLToPath(new URL('./entry-thread.js', import.meta.url)));

// A terminal sends Ctrl-C, and its end, to the whole group; the host decides when the engine ends (Node's own is detached).
for (const name of ['SIGINT', 'SIGHUP'] as const) process.on(name, () => {});
