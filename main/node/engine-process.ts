/** Owns how plain Node runs the engine: a child process with an IPC line. Knows nothing of what is said on it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { childProcessPort } from '../../preload/child-process.ts';
import { engineEnvironment, type SpawnEngine } from '../engine.ts';

export function spawnChildEngine(entryFile: string): SpawnEngine {
  return async () => {
    const child = fork(entryFile, [], {
      env: engineEnvironment(),
      // Structured clone instead of JSON: pictures pass as bytes.
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Ctrl-C goes to the whole terminal group; the host decides when the engine ends.
      detached: process.platform !== 'win32',
    });
    await once(child, 'spawn');
    return {
      port: childProcessPort(child),
      onExit(listener) {
        child.once('exit', (code, signal) => listener(signal ?? `exit code ${code}`));
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
