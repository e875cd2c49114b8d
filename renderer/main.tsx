/** Owns the start of the window: styles, language, the line to the host, and React's root. */
import './styles/tokens.css';
import './styles/base.css';
import './ui/ui.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { openBridge } from './bridge.ts';
import { followLanguage } from './i18n.ts';
import { connect } from './session.ts';
import { Workspace } from './workspace/workspace.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

await followLanguage();
createRoot(root).render(
  <StrictMode>
    <Workspace />
  </StrictMode>,
);
await connect(openBridge);
