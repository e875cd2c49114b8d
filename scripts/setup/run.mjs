/** Owns how scripts speak and start other programs; knows nothing of which programs. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Plain lines on stderr, so that a script's stdout stays its product's own (NDJSON, for instance). */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs a program to its end and returns what it said.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, show?: boolean }} options
 *   `show`: its output goes to our stderr as it comes, instead of being returned.
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>} code 127 where the program is not there
 */
export function run(command, args, { cwd, env = process.env, timeoutMs = 0, show = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      stdio: ['ignore', show ? 2 : 'pipe', show ? 2 : 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      said.stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      said.stderr += text;
    });
    child.on('error', (error) => resolve({ code: 127, stdout: '', stderr: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, ...said }));
  });
}

/**
 * The npm this was started by, or the one on the PATH, as a program and its first arguments.
 * npm's own file is run by our Node: on Windows `npm` is a .cmd, which spawn refuses without a shell.
 */
function npmCommand() {
  const own = process.env.npm_execpath;
  if (own && /npm-cli\.[cm]?js$/.test(own) && existsSync(own)) return [process.execPath, own];
  const beside = path.join(path.dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  return existsSync(beside) ? [process.execPath, beside] : ['npm'];
}

export function npm(args, options) {
  const [command, ...first] = npmCommand();
  return run(command, [...first, ...args], options);
}

/**
 * npm starts a script through a shell and passes signals on to that shell alone: killed, it leaves us running, and
 * `kill -INT` on npm would stop nothing. So whoever npm started takes the end of its parent for the signal.
 */
export function endWithParent(end) {
  if (process.platform === 'win32' || !process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, 250);
  timer.unref();
}

/**
 * Runs a program in our place: same streams, signals passed on, its exit code returned.
 * A terminal gives Ctrl-C to every process of the group, and npm passes its own on besides: at a terminal the program
 * has it already, so we don't hand it on; elsewhere it goes on once however often it comes within a second.
 */
export function runInstead(program, args, base = process.env) {
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: path.isAbsolute(program)
      ? { ...base, PATH: `${path.dirname(program)}${path.delimiter}${base.PATH ?? ''}` }
      : base,
  });
  const atTerminal = Boolean(process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY);
  const passedAt = new Map();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal === 'SIGINT' && atTerminal) return;
      const now = performance.now();
      if (now - (passedAt.get(signal) ?? Number.NEGATIVE_INFINITY) < 1000) return;
      passedAt.set(signal, now);
      child.kill(signal);
    });
  }
  endWithParent(() => child.kill('SIGINT'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + (os.constants.signals[signal] ?? 0)));
  });
}
