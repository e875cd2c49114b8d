/** Owns a display without a screen, for windows that nobody looks at. Knows nothing of what is shown on it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs `work` with an environment in which windows open on a display of their own; on systems where every session has
 * a display, with the present one. Not xvfb-run: it waits for a signal that can come before it waits, and then for ever
 * (2 of 5 times here); Xvfb tells by itself when it is ready, and which number it took.
 * @template T
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withDisplay(work) {
  if (process.platform !== 'linux') return work(process.env);
  const args = ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'];
  const xvfb = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const end = () => xvfb.kill();
  process.once('exit', end);
  try {
    const number = await Promise.race([
      once(xvfb.stdio[3], 'data').then(([text]) => String(text).trim()),
      once(xvfb, 'exit').then(([code]) => Promise.reject(new Error(`Xvfb ended with exit code ${code}`))),
    ]);
    const { WAYLAND_DISPLAY: _none, ...env } = process.env;
    return await work({ ...env, DISPLAY: `:${number}` });
  } finally {
    process.off('exit', end);
    end();
  }
}
