/** The engine as a child process of plain Node (CLI, serve). Owns the choice of transport and nothing else. */
import { fileURLToPath } from 'node:url';
import { childProcessPort } from '../preload/child-process.ts';
import { startEngine } from './engine.ts';

startEngine(childProcessPort(process), fileURLToPath(new URL('./entry-thread.js', import.meta.url)));
