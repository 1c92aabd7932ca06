import '../styles/index.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Strip } from '../screens/strip/strip.tsx';
import { App } from './app.tsx';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>{window.location.hash.startsWith('#strip') ? <Strip /> : <App />}</CSPProvider>
    </StrictMode>,
  );
}
