// The walls of the house (LAW-1): arrows point inward, and each foreign door has one keeper.
const rule = (name, from, to) => ({ name, severity: 'error', from, to });
module.exports = {
  forbidden: [
    rule('shared-imports-only-shared', { path: '^shared/' }, { path: '^(electron|renderer|tests|build)/' }),
    rule('shared-is-pure', { path: '^shared/' }, { dependencyTypes: ['core'] }),
    rule(
      'shared-packages',
      { path: '^shared/' },
      { path: 'node_modules/', pathNot: 'node_modules/(zod|i18next)/' },
    ),
    rule('renderer-never-electron', { path: '^renderer/' }, { path: '^electron/|node_modules/electron/' }),
    rule('renderer-never-node', { path: '^renderer/' }, { dependencyTypes: ['core'] }),
    rule('bridge-knows-nobody', { path: '^renderer/bridge/' }, { path: '^renderer/(?!bridge/)' }),
    rule('words-know-nobody', { path: '^renderer/words/' }, { path: '^renderer/(?!words/)' }),
    rule(
      'stores-ask-by-the-bridge',
      { path: '^renderer/stores/' },
      { path: '^renderer/(?!stores/|bridge/)' },
    ),
    rule(
      'components-are-dumb',
      { path: '^renderer/(components|charts)/' },
      { path: '^renderer/(?!components/|charts/|words/)' },
    ),
    rule(
      'page-of-components-shows-them-alone',
      { path: '^renderer/ui/' },
      { path: '^renderer/(?!ui/|components/|charts/|words/|styles/)' },
    ),
    rule('program-without-page-of-components', { pathNot: '^renderer/ui/' }, { path: '^renderer/ui/' }),
    rule(
      'features-stand-on-no-screen',
      { path: '^renderer/features/' },
      { path: '^renderer/(app|screens)/' },
    ),
    rule('screens-know-no-shell', { path: '^renderer/screens/' }, { path: '^renderer/app/' }),
    rule('electron-never-renderer', { path: '^electron/' }, { path: '^renderer/' }),
    rule(
      'keytar-only-in-secrets',
      { path: '^electron/', pathNot: '^electron/secrets/' },
      { path: 'node_modules/keytar/' },
    ),
    rule(
      'axios-only-in-portal',
      { path: '^electron/', pathNot: '^electron/portal/' },
      { path: 'node_modules/axios/' },
    ),
    rule('no-cycles', {}, { circular: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: false,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
