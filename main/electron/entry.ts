/** The package's one entry: owns the choice between window and command line. Each is loaded only where it is wanted. */
import { app } from 'electron';
import { cliArguments } from './arguments.ts';

// From a checkout the first word is the app's folder, and the command line runs under plain Node.
const args = app.isPackaged ? cliArguments(process.argv.slice(1)) : null;
// Both have things to say before Electron is ready, and Electron waits for this module.
if (args === null) (await import('./app.ts')).openApp();
else (await import('./cli.ts')).openCli(args);
