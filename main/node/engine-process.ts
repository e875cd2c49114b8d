/** Owns how plain Node runs the engine: a child process with an IPC line. Knows nothing of what is said on it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { childProcessPort } from '../../preload/child-process.ts';
import { engineEnvironment, type SpawnEngine } from '../engine.ts';

/**
 * V8 starts WebAssembly in a baseline compiler and takes the good code at the next call; a kernel that has a whole
 * picture in one call never gets there. Two 4K photos, whole process: oil-painting 1.6 s with it and 0.8 without,
 * median of radius 10 0.7 and 0.5. Plain Node only: set from code in Electron 42's utility process, the engine failed.
 */
const NO_BASELINE_COMPILER = '--no-liftoff';

export function spawnChildEngine(entryFile: string): SpawnEngine {
  return async () => {
    const child = fork(entryFile, [], {
      execArgv: [NO_BASELINE_COMPILER],
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
