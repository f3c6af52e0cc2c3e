import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vitest/config'
import metadata from './package.json' with { type: 'json' }
import { clientSveltePlugin } from './src/build/client-svelte-plugin.ts'
import { componentPlugin, shortClassNames } from './src/build/component-plugin.ts'
import { compressPlugin } from './src/build/compress-plugin.ts'
import { dynamicImportPlugin } from './src/build/dynamic-import-plugin.ts'
import { framePlugin } from './src/build/frame-plugin.ts'
import { headersPlugin } from './src/build/headers-plugin.ts'
import { pdfFramePlugin } from './src/build/pdf-frame-plugin.ts'
import { iconPlugin } from './src/build/icon-plugin.ts'
import { licencesPlugin } from './src/build/licences-plugin.ts'
import { leanPurifyPlugin } from './src/build/lean-purify-plugin.ts'
import { secondMinifierPlugin } from './src/build/second-minifier-plugin.ts'
import { startCheckPlugin } from './src/build/start-check-plugin.ts'
import { serviceWorkerPlugin } from './src/build/service-worker-plugin.ts'
import { workerChunkPlugin } from './src/build/worker-chunk-plugin.ts'

const frame = framePlugin()
const pdfFrame = pdfFramePlugin()
const frameHash = async (): Promise<string> => (await frame.constants()).sha256
const pdfHash = async (): Promise<string> => (await pdfFrame.constants()).sha256
const inPdfFrame = async (): Promise<readonly string[]> => (await pdfFrame.constants()).modules

export default defineConfig({
  plugins: [
    svelte({ compilerOptions: { discloseVersion: false, cssHash: shortClassNames() } }),
    clientSveltePlugin(),
    componentPlugin(),
    leanPurifyPlugin(),
    dynamicImportPlugin(),
    frame,
    pdfFrame,
    iconPlugin(),
    licencesPlugin({ own: metadata.license, alsoShipped: inPdfFrame }),
    workerChunkPlugin(),
    headersPlugin({ version: metadata.version, frameHash, pdfHash }),
    secondMinifierPlugin(),
    startCheckPlugin(),
    serviceWorkerPlugin(),
    compressPlugin(),
  ],
  build: {
    target: ['es2022', 'safari16.4'],
    sourcemap: true,
    rolldownOptions: {
      // Keys, names of keywords and the like stand where they are used: no chunk exports them for another.
      optimization: { inlineConst: { mode: 'all', pass: 1 } },
      output: {
        // A name says which content it is, 28 bits of it: every name is sent with the list of what is kept, and again
        // wherever it is asked for. One changed file in 268 million would be taken for the one before.
        hashCharacters: 'hex',
        entryFileNames: 'assets/[name]-[hash:7].js',
        chunkFileNames: 'assets/[name]-[hash:7].js',
        assetFileNames: 'assets/[name]-[hash:7][extname]',
        // What page and worker both load at their start, with all it needs: left alone, each small file that a later
        // part needs too becomes a script of its own.
        codeSplitting: {
          groups: [
            {
              name: 'shared',
              priority: 1,
              test: /\/src\/(?:i18n\/numbers|jmap\/(?:deployment|parse-url)|platform\/(?:base-path|clock|logger|random)|replica\/(?:database-name|page-methods|idb\/idb-replica)|sync\/channel)\.ts$|preload-helper/,
            },
            // Of the screen at rest, what other parts show or ask, too: else each is a script of its own. Nothing that the
            // worker loads: icons and gates take the page's start with them.
            {
              name: 'common',
              test: /virtual:icon\/(?:archive|chevron-left|chevron-right|chevron-down|chevrons-up-down|ellipsis|folder|inbox|mail|mail-open|plus|search|settings|x)$|\/src\/(?:i18n\/en\/(?:list-extras|mailbox-tree|thread)\.ts|mail\/(?:caught-address|mailboxes)\.ts|render\/link-(?:address|schemes)\.ts|state\/keyword-change\.ts|ui\/mailbox\/(?:account-name|mailbox-signs)\.ts|ui\/shared\/OpenGate\.svelte(?:\?.*)?)$/,
              includeDependenciesRecursively: false,
            },
            // What the engine does after the first rows, its event stream too, whatever later parts take from it.
            {
              name: 'after-rows',
              test: /\/src\/(?:jmap\/(?:event-source|event-stream|expand-template|sse-parser)|mail\/(?:body-properties|identity)|sync\/(?:after-rows|arrivals|backfill|bodies|collected-changes|coverage|delta-calls|engine-work|fetch-rows|mutable-email|older-rows|page-cursor|page-fetchers|prefetch|pull-changes|read-verdicts|reask|settings-turns|single-fetches|write-rows))\.ts$/,
              includeDependenciesRecursively: false,
            },
            // What rows are called and which messages they mean: hands, fingers and what acts on rows have one script of it.
            {
              name: 'row-messages',
              test: /\/src\/(?:mail\/row-messages|i18n\/rows-in-words|state\/after-filing)\.ts$/,
              includeDependenciesRecursively: false,
            },
            // What acts on mail is, of the outbox and of the engine: one script, for all the parts that ask for some of it.
            {
              name: 'set-mailboxes',
              priority: 1,
              test: /\/src\/(?:mail\/snoozed|mutations\/set-(?:keyword|mailboxes))\.ts$/,
              includeDependenciesRecursively: false,
            },
            // One script for the page's start as well, whatever later parts take from it.
            { name: 'index', test: /\/src\/main\.ts$/ },
          ],
        },
      },
    },
    modulePreload: {
      polyfill: false,
      // Links in the HTML, not from scripts: the helper asks for `document`, which the worker has not.
      resolveDependencies: (_file, dependencies, { hostType }) =>
        hostType === 'html' ? dependencies : dependencies.filter((file) => file.endsWith('.css')),
    },
  },
  worker: { format: 'es' },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: [
            'src/**/*.test.ts',
            'demo/**/*.test.ts',
            'tests/{sync,contract,jmap,replica,hostile,letters,support}/**/*.test.ts',
          ],
          exclude: ['src/**/*.svelte.test.ts', 'src/{ui,state,render}/**'],
        },
      },
      {
        extends: true,
        plugins: [svelteTesting()],
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['src/**/*.svelte.test.ts', 'src/{ui,state,render}/**/*.test.ts'],
          setupFiles: ['tests/support/dom-setup.ts'],
        },
      },
    ],
  },
})
