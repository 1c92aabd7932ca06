import '../styles/index.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Strip } from '../screens/strip/strip.tsx';
import { useApp } from '../stores/app-store.ts';
import { App } from './app.tsx';
import { SpeaksLanguage } from '../words/translation.ts';

/** Whichever window this page stands in, in the language of the settings. */
function Window(): ReactNode {
  const language = useApp((state) => state.info?.settings.language ?? 'it');
  return (
    <SpeaksLanguage value={language}>
      {window.location.hash.startsWith('#strip') ? <Strip /> : <App />}
    </SpeaksLanguage>
  );
}

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <Window />
      </CSPProvider>
    </StrictMode>,
  );
}
