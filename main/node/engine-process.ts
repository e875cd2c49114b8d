/** Owns how plain Node runs the engine: a child process with an IPC line. Knows nothing of what is said on it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { childProcessPort } from '../../preload/child-process.ts';
import type { SpawnEngine } from '../engine.ts';

/** libuv's own threads carry sharp's calls: with the default of 4, a fifth worker would wait for the others' decodes. */
export function engineEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, UV_THREADPOOL_SIZE: String(Math.max(8, 2 * availableParallelism())) };
}

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
