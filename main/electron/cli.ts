/**
 * The command line of the package: owns how Electron runs it without window, display and instance lock, and what it
 * gives the commands. The binary is no Node (F92), so this is its main process and the engine a utility process.
 */
import { join } from 'node:path';
import { app } from 'electron';
import { openTerminal } from '../cli/output.ts';
import { runProgram } from '../cli/program.ts';
import { dataFolder } from '../paths.ts';
import { BUILT, ENGINE_ENTRY } from './built.ts';
import { spawnUtilityEngine } from './engine-process.ts';
import { openElectronStore } from './settings-store.ts';

/** Before Electron is ready: it connects to the display just after this module, and Chromium reads its switches then. */
export function openCli(args: readonly string[]): void {
  // `ozone-platform=headless` is read before any code of ours and comes too late here (Electron 42 ends with "Missing X
  // server"); this one is read after it.
  app.commandLine.appendSwitch('headless');
  // Nothing is drawn. A GPU process tells stderr at length that there is no display, and with disable-gpu alone its end
  // (SIGHUP when the terminal closes) takes the whole program down: "GPU process isn't usable. Goodbye".
  app.commandLine.appendSwitch('disable-gpu');
  app.commandLine.appendSwitch('in-process-gpu');
  // Fatal only: on a machine without D-Bus each start would say so several times.
  app.commandLine.appendSwitch('log-level', '3');
  // Electron's archive reader warns of a constructor of its own (DEP0180), on the stderr of whoever uses serve.
  process.noDeprecation = true;
  app.dock?.hide();
  const data = dataFolder();
  app.setPath('userData', data);
  // A window may run at the same time, and two Chromiums must not share a profile. Commands may: they keep nothing in it.
  // (A temporary one can't be removed: Chromium writes to it until the very end.)
  app.setPath('sessionData', join(data, 'chromium-cli'));
  // Electron's own answer would be a dialog.
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error.stack ?? error}\n`);
    process.exit(1);
  });
  // A signal before Electron is ready is Chromium's to answer, with a quit that would count as success.
  app.once('before-quit', () => {
    endBySignals();
    process.kill(process.pid, 'SIGINT');
  });
  // Not a top-level await: Electron is ready only once the entry has been evaluated.
  void app.whenReady().then(async () => {
    endBySignals();
    const terminal = openTerminal(process.stdout, process.stderr);
    const platform = {
      spawnEngine: spawnUtilityEngine(ENGINE_ENTRY),
      openStore: openElectronStore,
      builtFolder: BUILT,
    };
    const status = await runProgram(platform, terminal, args);
    await terminal.flush();
    process.exit(status);
  });
}

/**
 * As in plain Node: a signal ends the process at once, unless a command has something to drop and listens. Chromium's
 * own handlers, there as soon as Electron is ready, would quit with 0; taking away the last listener restores the
 * system's default.
 */
function endBySignals(): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {});
    process.removeAllListeners(name);
  }
}
