/** The table of ARCHITECTURE.md, "Who may import whom", as rules. Each comment says where the code belongs instead. */
const layers = {
  platform: [],
  auth: ['platform', 'jmap/types', 'jmap/session', 'jmap/errors', 'jmap/http-exchange', 'jmap/load-code', 'jmap/wire-json', 'jmap/parse-url', 'jmap/(parse|load)-session', 'jmap/discovery', 'jmap/probe-server', 'jmap/deployment'],
  jmap: ['platform', 'auth'],
  mail: ['jmap/types'],
  mutations: ['mail', 'jmap/types'],
  replica: ['mail', 'mutations', 'jmap/types', 'platform'],
  sync: ['jmap', 'replica', 'mutations', 'mail', 'platform', 'auth/outcomes'],
  render: ['platform'],
  i18n: ['platform'],
  state: [
    'replica/replica',
    'mutations',
    'mail',
    'platform',
    'sync/engine-port',
    'jmap/types',
    'auth/outcomes',
    'i18n',
  ],
  ui: [
    'state',
    'mail',
    'render',
    'i18n',
    'jmap/types',
    'platform',
    'auth/outcomes',
    'sync/engine-port',
    'mutations',
    'replica/replica',
  ],
}

const rules = Object.entries(layers).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  comment: `src/${layer} may import only: ${[layer, ...allowed].join(', ')}. Move the code to the layer that may know both sides.`,
  severity: 'error',
  from: { path: `^src/${layer}/`, pathNot: '\\.(test|contract)\\.ts$' },
  to: { path: '^src/', pathNot: [`^src/${layer}/`, ...allowed.map((a) => `^src/${a}(/|\\.|$)`)] },
}))

module.exports = {
  forbidden: [
    ...rules,
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'svelte-above-the-engine',
      comment: 'Runes live in state, ui and app. The build never ships.',
      severity: 'error',
      from: { path: '^src/(?!state/|ui/|app/|build/|main)' },
      to: { path: 'node_modules/svelte' },
    },
    {
      name: 'idb-in-replica-and-auth',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(replica/idb|auth)/' },
      to: { path: 'node_modules/idb' },
    },
    {
      name: 'jam-in-jmap',
      comment: 'jmap-jam is used for its types, inside jmap/.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/jmap/' },
      to: { path: 'node_modules/jmap-(jam|rfc-types)' },
    },
    {
      name: 'dompurify-in-render',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/render/' },
      to: { path: 'node_modules/(dompurify|postal-mime)' },
    },
    {
      name: 'ui-shared-is-ours-alone',
      comment: 'A design-system part knows no domain.',
      severity: 'error',
      from: { path: '^src/ui/shared/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(ui/shared|i18n|platform)/' },
    },
    {
      name: 'ui-domains-apart',
      comment: 'Domains meet in ui/views.',
      severity: 'error',
      from: { path: '^src/ui/(mailbox|list|thread|account|help|settings)/' },
      to: { path: '^src/ui/(mailbox|list|thread|account|help|settings|views)/', pathNot: '^src/ui/$1/' },
    },
    {
      name: 'app-ships-no-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.(test|contract)\\.ts$' },
      to: { path: '^(tests|demo)/' },
    },
    { name: 'build-is-not-shipped', severity: 'error', from: { path: '^src/(?!build/)' }, to: { path: '^src/build/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.svelte', '.js', '.mjs', '.json'] },
  },
}
