import '../styles/index.css';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { languageSchema } from '../../shared/domain/ids.ts';
import { SpeaksLanguage } from '../words/translation.ts';
import { type Part, parts } from './parts.tsx';
import './page.css';

/** `?theme=dark&language=en&controls=large`; whatever is left out is as at a first start. */
const asked = new URLSearchParams(window.location.search);
const language = languageSchema.catch('it').parse(asked.get('language'));
document.documentElement.lang = language;
document.documentElement.dataset['theme'] = asked.get('theme') === 'dark' ? 'dark' : 'light';
document.documentElement.dataset['controls'] = asked.get('controls') === 'large' ? 'large' : 'normal';

function PartShown({ part: { name, states } }: { readonly part: Part }): ReactNode {
  return (
    <section className="part" aria-label={name}>
      <h2>{name}</h2>
      {states.map((state) => (
        <figure key={state.name}>
          <figcaption className="dim small">{state.name}</figcaption>
          {state.shown}
        </figure>
      ))}
    </section>
  );
}

function Page(): ReactNode {
  return (
    <main className="parts">
      <h1>Components</h1>
      {parts.map((part) => (
        <PartShown key={part.name} part={part} />
      ))}
    </main>
  );
}

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <SpeaksLanguage value={language}>
        <Page />
      </SpeaksLanguage>
    </StrictMode>,
  );
}
