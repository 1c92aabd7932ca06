import { CalendarX, FileQuestion, FlaskConical, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { DayLine } from '../charts/day-line.tsx';
import { Banner } from '../components/banner.tsx';
import { CandidateList } from '../components/candidate-list.tsx';
import { CandidateRow } from '../components/candidate-row.tsx';
import { CandidateWords } from '../components/candidate-words.tsx';
import { CheckField } from '../components/check-field.tsx';
import { Chip } from '../components/chip.tsx';
import { ChoiceField } from '../components/choice-field.tsx';
import { Confirm } from '../components/confirm.tsx';
import { DropZone } from '../components/drop-zone.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { FileName } from '../components/file-name.tsx';
import { Identifier } from '../components/identifier.tsx';
import { Meter } from '../components/meter.tsx';
import { PcCheckDetails } from '../components/pc-check-details.tsx';
import { PillChoice } from '../components/pill-choice.tsx';
import { ProgressBar } from '../components/progress-bar.tsx';
import { RealmChoice } from '../components/realm-choice.tsx';
import { Sheet } from '../components/sheet.tsx';
import { Skeleton } from '../components/skeleton.tsx';
import { TextBlock } from '../components/text-block.tsx';
import { TextField } from '../components/text-field.tsx';
import { TicketPaper } from '../components/ticket-paper.tsx';
import { ToolForm } from '../components/tool-form.tsx';
import { VersionFacts } from '../components/version-facts.tsx';
import { Why } from '../components/why.tsx';
import { WorkshopForm } from '../components/workshop-form.tsx';
import {
  dayMarks,
  dayNowMs,
  dayStretches,
  groups,
  pcChecks,
  products,
  ticketLines,
  ticketText,
  tool,
  versions,
} from './samples.ts';

/** One component with everything it can look like. */
export type Part = {
  /** Name of its file without the ending. */
  readonly name: string;
  readonly states: readonly { readonly name: string; readonly shown: ReactNode }[];
  /** True when a press on its button shows it over the page. */
  readonly opens?: true;
};

const still = (): void => undefined;

function OpenedConfirm({ tone }: { readonly tone: 'danger' | 'plain' }): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Cancella tutto
      </button>
      <Confirm
        open={open}
        onOpenChange={setOpen}
        title="Cancellare tutte le richieste?"
        text="Restano solo le prove delle sessioni remote."
        keep="Tieni"
        go="Cancella"
        onGo={still}
        tone={tone}
      />
    </>
  );
}

function OpenedSheet({ shape }: { readonly shape: 'side' | 'centre' }): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Guarda
      </button>
      <Sheet open={open} onOpenChange={setOpen} title="ktag_2026-11-24.log" close="Chiudi" shape={shape}>
        <TicketPaper text={ticketText} />
      </Sheet>
    </>
  );
}

const fields: Part[] = [
  {
    name: 'text-field',
    states: [
      { name: 'empty', shown: <TextField label="Seriale" value="" onChange={still} placeholder="310 077" /> },
      { name: 'filled', shown: <TextField label="Seriale" value="310077" onChange={still} mono /> },
      {
        name: 'from a file',
        shown: <TextField label="Seriale" value="310077" onChange={still} chip="da ktag.log, riga 12" />,
      },
      {
        name: 'with a note',
        shown: <TextField label="Nota" value="Banco 1" onChange={still} note="Resta su questo PC" />,
      },
      {
        name: 'wrong',
        shown: <TextField label="E-mail" value="officina@" onChange={still} error="Manca il dominio" />,
      },
      {
        name: 'warned',
        shown: (
          <TextField label="VIN" value="ZAR9400000712345" onChange={still} note="16 caratteri" warned mono />
        ),
      },
      {
        name: 'several lines',
        shown: (
          <TextField
            label="Problema"
            value={'La lettura si ferma al 38 %.\nDue tentativi.'}
            onChange={still}
            lines={4}
          />
        ),
      },
    ],
  },
  {
    name: 'choice-field',
    states: [
      { name: 'chosen', choice: {} },
      { name: 'from a file', choice: { chip: 'da ktag.log, riga 4' } },
      { name: 'wrong', choice: { error: 'Scegliere un modo' } },
    ].map(({ name, choice }) => ({
      name,
      shown: (
        <ChoiceField
          label="Modo"
          value="boot"
          choices={[{ value: 'boot', label: 'Boot' }]}
          onChange={still}
          {...choice}
        />
      ),
    })),
  },
  {
    name: 'pill-choice',
    states: [
      { name: 'none chosen', value: '' },
      { name: 'chosen', value: 'write' },
    ].map(({ name, value }) => ({
      name,
      shown: (
        <PillChoice
          id={`kind-${name}`}
          label="Tipo"
          value={value}
          choices={[
            { value: 'read', label: 'Lettura non riuscita' },
            { value: 'write', label: 'Scrittura non riuscita' },
          ]}
          onChange={still}
        />
      ),
    })),
  },
  {
    name: 'meter',
    states: [
      { name: 'within', share: 0.4, isOver: false },
      { name: 'over', share: 1.3, isOver: true },
    ].map(({ name, share, isOver }) => ({
      name,
      shown: <Meter label="In tutto 100 MB su 250 MB" share={share} isOver={isOver} />,
    })),
  },
  {
    name: 'check-field',
    states: [
      {
        name: 'off',
        shown: <CheckField label="Invia fuori orario" checked={false} onChange={still} note="Parte subito" />,
      },
      { name: 'on', shown: <CheckField label="Invia fuori orario" checked onChange={still} /> },
      {
        name: 'disabled',
        shown: <CheckField label="Invia fuori orario" checked onChange={still} disabled />,
      },
    ],
  },
  {
    name: 'realm-choice',
    states: [
      { name: 'none chosen', shown: <RealmChoice label="Dove vanno" value={null} onChoose={still} /> },
      { name: 'by hand', shown: <RealmChoice label="Dove vanno" value="manual" onChoose={still} /> },
    ],
  },
  {
    name: 'tool-form',
    states: [
      {
        name: 'new',
        shown: <ToolForm known={null} products={products} submit="Aggiungi" onSubmit={still} />,
      },
      {
        name: 'known',
        shown: <ToolForm known={tool} products={products} submit="Salva" onSubmit={still} onCancel={still} />,
      },
    ],
  },
  {
    name: 'workshop-form',
    states: [
      { name: 'new', shown: <WorkshopForm known={null} submit="Avanti" onSubmit={still} /> },
      {
        name: 'known',
        shown: (
          <WorkshopForm
            known={{
              customerCode: 'ALI-1',
              company: 'Officina Rossi',
              email: 'info@officina.example',
              ticketLanguage: 'it',
            }}
            submit="Salva"
            onSubmit={still}
          />
        ),
      },
    ],
  },
];

const facts: Part[] = [
  {
    name: 'chip',
    states: (['plain', 'ok', 'warn', 'bad', 'info', 'you'] as const).flatMap((tone) => [
      { name: tone, shown: <Chip tone={tone}>In attesa di te</Chip> },
      {
        name: `${tone} with a picture`,
        shown: (
          <Chip tone={tone} icon={TriangleAlert}>
            In attesa di te
          </Chip>
        ),
      },
    ]),
  },
  {
    name: 'identifier',
    states: [
      { name: 'serial', shown: <Identifier text="310077" /> },
      { name: 'VIN', shown: <Identifier text="ZAR94000007123456" /> },
      { name: 'large', shown: <Identifier text="P-000123" large /> },
    ],
  },
  {
    name: 'file-name',
    states: [
      { name: 'plain', shown: <FileName name="ktag_2026-11-24.log" /> },
      { name: 'with unseen marks', shown: <FileName name={'note-\u202egnp.exe'} /> },
    ],
  },
  {
    name: 'version-facts',
    states: versions.map((version) => ({
      name: version.status,
      shown: <VersionFacts version={version} />,
    })),
  },
  { name: 'pc-check-details', states: [{ name: 'closed', shown: <PcCheckDetails checks={pcChecks} /> }] },
  {
    name: 'ticket-paper',
    states: [
      { name: 'a request', shown: <TicketPaper text={ticketText} /> },
      {
        name: 'whose facts lead to their fields',
        shown: <TicketPaper text={ticketText} lines={ticketLines} onFact={still} />,
      },
    ],
  },
  {
    name: 'text-block',
    states: [
      { name: 'short', shown: <TextBlock text={ticketText.body} label="Testo" /> },
      { name: 'tall', shown: <TextBlock text={`${ticketText.body}\n`.repeat(4)} label="Testo" tall /> },
    ],
  },
  {
    name: 'progress-bar',
    states: [
      { name: 'begun', shown: <ProgressBar label="Copia" share={0.04} /> },
      { name: 'half', shown: <ProgressBar label="Copia" share={0.5} /> },
      { name: 'done', shown: <ProgressBar label="Copia" share={1} /> },
    ],
  },
  {
    name: 'skeleton',
    states: [{ name: 'three lines', shown: <Skeleton lines={3} label="Si carica" /> }],
  },
  {
    name: 'empty-state',
    states: [
      {
        name: 'with a way on',
        shown: (
          <EmptyState
            icon={FileQuestion}
            title="Nessun file trovato"
            text="Scegliere una cartella da cercare."
          >
            <button type="button" className="button primary">
              Scegli cartella
            </button>
          </EmptyState>
        ),
      },
    ],
  },
  {
    name: 'banner',
    states: [
      {
        name: 'of what may be put away, with more behind it',
        shown: (
          <Banner
            tone="warn"
            icon={CalendarX}
            text="Ponte dell'Immacolata · da dom 6 dic, 00:00 a mer 9 dic, 00:00"
            away={{ label: 'Nascondi il messaggio', onPress: still }}
          >
            <button type="button" className="button quiet" aria-expanded={false}>
              Altri 2 avvisi
            </button>
          </Banner>
        ),
      },
      {
        name: 'with something to do',
        shown: (
          <Banner
            tone="info"
            icon={FlaskConical}
            text="Portale di prova: niente di quello che invii arriva al fornitore."
            act={{ label: 'Passa al portale vero', onPress: still }}
          />
        ),
      },
      {
        name: 'that wants to be read at once',
        shown: (
          <Banner
            tone="warn"
            icon={TriangleAlert}
            text="C'è un danno nell'archivio."
            isUrgent
            act={{ label: 'Riavvia adesso', isLoud: true, onPress: still }}
          />
        ),
      },
    ],
  },
  {
    name: 'day-line',
    states: [
      {
        name: 'a whole day',
        shown: (
          <DayLine
            sentence="Con operatori fino alle 13:00"
            caption="Orari di oggi"
            headings={['Dalle', 'Alle', 'Stato']}
            stretches={dayStretches}
            marks={dayMarks}
            nowMs={dayNowMs}
            now="Adesso"
            nowTime="11:00"
          />
        ),
      },
    ],
  },
];

const [first, ...others] = groups;
const files: Part[] = [
  {
    name: 'candidate-words',
    states: groups.map((group) => ({ name: group.key, shown: <CandidateWords group={group} /> })),
  },
  {
    name: 'candidate-row',
    states:
      first === undefined
        ? []
        : [
            { name: 'plain', looks: { isOn: false } },
            { name: 'taken', looks: { isOn: true } },
            { name: 'shown beside the list', looks: { isOn: true, isLooked: true } },
          ].map(({ name, looks }) => ({
            name,
            shown: (
              <ul className="plain">
                <CandidateRow group={first} onToggle={still} onLook={still} {...looks} />
              </ul>
            ),
          })),
  },
  {
    name: 'candidate-list',
    states: [
      {
        name: 'one of four taken',
        shown: (
          <CandidateList
            groups={groups}
            isOn={(group) => group === others[0]}
            onToggle={still}
            onLook={still}
          />
        ),
      },
    ],
  },
  {
    name: 'drop-zone',
    states: [
      {
        name: 'at rest',
        shown: (
          <DropZone hint="Lascia qui i file" onFiles={still}>
            <p>Trascina i file LOG qui</p>
          </DropZone>
        ),
      },
    ],
  },
];

const over: Part[] = [
  {
    name: 'confirm',
    opens: true,
    states: [
      { name: 'of what cannot be undone', shown: <OpenedConfirm tone="danger" /> },
      { name: 'of what can', shown: <OpenedConfirm tone="plain" /> },
    ],
  },
  {
    name: 'sheet',
    opens: true,
    states: [
      { name: 'from the side', shown: <OpenedSheet shape="side" /> },
      { name: 'in the middle', shown: <OpenedSheet shape="centre" /> },
    ],
  },
  {
    name: 'why',
    opens: true,
    states: [
      { name: 'block', shown: <Why ruleId="R-INFO-1" answer="block" lookedAt={['ALI-1']} /> },
      { name: 'met', shown: <Why ruleId="R-HOURS-5" answer="met" lookedAt={[]} /> },
    ],
  },
];

/** Every component there is, from small to large. */
export const parts: readonly Part[] = [...facts, ...fields, ...files, ...over];
