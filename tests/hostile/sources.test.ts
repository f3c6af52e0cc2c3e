/** What the sources may say at all (security S10, S11, S13): each way from text to markup or code, by its name. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { framePolicy, headerPolicy, metaPolicy, pdfFramePolicy, type PolicyKind } from '../../src/build/policy.ts'

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  // tests and the build are not shipped
  .filter((path) => /\.(?:ts|svelte|html|js)$/.test(path) && !/\.test\.ts$|\/testing\/|^build\//.test(path))
  .map((path) => ({ path: `src/${path}`, code: withoutComments(readFileSync(`src/${path}`, 'utf8')) }))
const page = { path: 'index.html', code: readFileSync('index.html', 'utf8') }

/** Prose may name a sink. */
function withoutComments(code: string): string {
  return code
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/(^|[\s;,{}()])\/\/.*$/gm, '$1')
}

const sinks: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['{@html', /\{\s*@html\b/],
  ['innerHTML', /\binnerHTML\b/],
  ['outerHTML', /\bouterHTML\b/],
  ['insertAdjacentHTML', /\binsertAdjacentHTML\b/],
  ['setHTML', /\bsetHTML(?:Unsafe)?\b/],
  ['parseHTMLUnsafe', /\bparseHTML(?:Unsafe)?\b/],
  ['document.write', /\bdocument\.write(?:ln)?\b|\.writeln?\(\s*['"`]</],
  ['srcdoc', /\bsrcdoc\b/i],
  ['DOMParser', /\bDOMParser\b/],
  ['XSLTProcessor', /\bXSLTProcessor\b/],
  ['createContextualFragment', /\bcreateContextualFragment\b/],
  ['execCommand', /\bexecCommand\b/],
  ['eval', /(?<![.\w])eval\s*\(/],
  ['Function', /\bnew\s+Function\b|(?<![.\w])Function\s*\(\s*['"`]/],
  ['a timer of text', /\bset(?:Timeout|Interval)\s*\(\s*['"`]/],
  ['javascript:', /\bjavascript:/i],
  ['importScripts', /\bimportScripts\b/],
]

/** It gives a frame its constant document, and never anything of a letter; nothing else is audited. */
const audited = 'src/render/isolated-frame.ts'

test('every way from text to markup or code is in the audited module', () => {
  const found = [...sources, page].flatMap(({ path, code }) =>
    sinks.flatMap(([name, pattern]) => (pattern.test(code) ? [[path, name] as const] : [])),
  )
  expect(found).toEqual([[audited, 'srcdoc']])
})

test('the audited module uses its sink once, for the constant document', () => {
  const code = sources.find(({ path }) => path === audited)?.code ?? ''
  expect(code.match(/^.*\bsrcdoc\b.*$/gm)).toEqual([
    '  if (frameDocument !== null) frame.srcdoc = frameDocument as string',
  ])
  const calls = sources.flatMap((source) => source.code.match(/\bisolatedFrame\(host, .*$/gm) ?? [])
  expect(calls.toSorted()).toEqual([
    'isolatedFrame(host, deps.frameDocument)',
    "isolatedFrame(host, mode === 'closed' ? deps.frameDocument : null)",
  ])
})

test('no other frame is made where letters are shown, but the one that parses', () => {
  const makers = sources.filter(({ code }) => /createElement\(\s*['"`]iframe|<iframe\b/i.test(code))
  expect(makers.map(({ path }) => path).toSorted()).toEqual([audited, 'src/render/parser-frame.ts'])
})

describe('what this test reads', () => {
  it.each([
    ['<p>{@html subject}</p>', '{@html'],
    ['node.innerHTML = text', 'innerHTML'],
    ["frame.setAttribute('srcdoc', text)", 'srcdoc'],
    ["new Function('return 1')", 'Function'],
    ['const link = `javascript:${code}`', 'javascript:'],
    ["setTimeout('go()', 1)", 'a timer of text'],
  ])('%s', (code, name) => {
    expect(sinks.filter(([, pattern]) => pattern.test(withoutComments(code))).map(([found]) => found)).toEqual([name])
  })

  it('is all of the sources', () => {
    expect(sources.length).toBeGreaterThan(300)
  })
})

describe('Trusted Types', () => {
  const kinds: readonly PolicyKind[] = ['app', 'reader-open', 'parse', 'worker', 'other']
  const inputs = { frameHash: 'sha256-abc=', pdfHash: 'sha256-pdf=', origins: [] }
  const named = (policy: string): readonly string[] =>
    (/(?:^|; )trusted-types ([^;]*)/.exec(policy)?.[1] ?? '').split(' ').filter((name) => name !== '')

  it('has at most three policies, none of them the default one, on every page that may run scripts', () => {
    const served = [
      ...kinds.flatMap((kind) => [headerPolicy(kind, inputs), metaPolicy(kind, inputs)]),
      framePolicy(''),
      pdfFramePolicy(''),
    ]
    for (const policy of served) {
      if (!policy.includes('script-src')) {
        expect(policy).toContain("default-src 'none'")
        continue
      }
      expect(policy).toContain("require-trusted-types-for 'script'")
      const names = named(policy)
      expect(names.length).toBeGreaterThan(0)
      expect(names.length).toBeLessThanOrEqual(3)
      expect(names).not.toContain('default')
      // `'allow-duplicates'` and `*` would let anybody make one
      expect(names.filter((name) => name !== "'none'" && !/^[\w-]+$/.test(name))).toEqual([])
    }
  })

  it('makes one policy of its own, under a name that is served', () => {
    const made = sources.flatMap(({ code }) => [...code.matchAll(/createPolicy\(\s*([^,)]*)/g)].map(([, name]) => name))
    // the first is the declaration of the function
    expect(made.filter((name) => name !== 'name: string')).toEqual(["'postern'"])
    expect(named(headerPolicy('app', inputs))).toContain('postern')
  })
})

describe('sandboxes', () => {
  const tokens = (text: string): string[] => text.split(/\s+/)

  it('never holds the two tokens that together are none', () => {
    const literals = [...sources, page].flatMap(({ code }) => [
      ...code.matchAll(/(['"`])([^'"`\n]*\ballow-[a-z-]+[^'"`\n]*)\1/g),
    ])
    const sandboxes = literals.map(([, , text = '']) => text)
    expect(sandboxes.length).toBeGreaterThan(0)
    for (const text of sandboxes) {
      expect(tokens(text).filter((token) => /^allow-(?:scripts|same-origin)$/.test(token)).length).toBeLessThan(2)
    }
  })

  it('is set once for a mail frame, as allow-scripts alone, and once for the frame that parses, without scripts', () => {
    const set = sources.flatMap(({ path, code }) =>
      [...code.matchAll(/\bsandbox\b\s*(?:['"`]\s*,|=|\.add\()\s*([^\n)]*)/g)].map(([, value = '']) => [path, value]),
    )
    expect(set).toEqual(
      expect.arrayContaining([
        [audited, "'allow-scripts'"],
        ['src/render/parser-frame.ts', "'allow-same-origin'"],
      ]),
    )
    for (const [path, value] of set)
      expect([path, value]).not.toEqual([path, expect.stringMatching(/scripts.*origin|origin.*scripts/)])
  })
})
