import { beforeEach, describe, expect, it } from 'vitest'
import type { LetterOp, LetterTree } from './letter.ts'
import { prepareLetter, type LetterLimits } from './prepare-letter.ts'
import { createParser, type LetterParser } from './sanitiser.ts'

let parser: LetterParser

beforeEach(() => {
  parser = createParser(window)
})

const prepare = (html: string, limits?: LetterLimits): LetterTree => prepareLetter({ html }, parser, limits)

/** Ops as compact markup, for reading. */
function show(ops: readonly LetterOp[]): string {
  const open: string[] = []
  return ops
    .map((op) => {
      if (typeof op === 'string') return op
      if (op === 0) return `</${open.pop() ?? '?'}>`
      open.push(op[0])
      const pairs = op[1].flatMap((name, i) => (i % 2 === 0 ? [` ${name}="${op[1][i + 1] ?? ''}"`] : []))
      return `<${op[0]}${pairs.join('')}>`
    })
    .join('')
}

const body = (html: string): string => /<body[^>]*>(.*)<\/body>/s.exec(show(prepare(html).ops))?.[1] ?? ''

const few: LetterLimits = { htmlLength: 10_000, tags: 1_000, depth: 1_000, levels: 10, nodes: 50, text: 5000 }

describe('prepareLetter', () => {
  it('keeps what a letter is made of, and the colours of its body', () => {
    const tree = prepare('<!doctype html><body bgcolor="#eeeeff" dir="rtl"><p class="a">Hi <b>you</b></p></body>')
    expect(show(tree.ops)).toBe('<html><body bgcolor="#eeeeff" dir="rtl"><p class="a">Hi <b>you</b></p></body></html>')
    expect(tree).toMatchObject({ quirks: false, isDesigned: true, isTruncated: false })
    expect(prepare('<p>Hi').quirks).toBe(true)
  })

  it.each([
    ['<script>alert(1)</script>', ''],
    ['<img src=x onerror=alert(1)>', '<img></img>'],
    ['<svg onload=alert(1)><a>x</a></svg>', ''],
    ['<math><mtext><img src=x onerror=alert(1)></mtext></math>', ''],
    ['<form action="https://evil.example"><input value=x>y</form>', 'y'],
    ['<iframe src="https://evil.example"></iframe>', ''],
    ['<select><option>x</option></select>', ''],
    ['<a href="javascript:alert(1)">x</a>', '<a>x</a>'],
    ['<a href="//evil.example/x">x</a>', '<a>x</a>'],
    ['<a href="#top" target="_top">x</a>', '<a href="#top">x</a>'],
    ['<a href="https://bücher.example/">x</a>', '<a href="https://xn--bcher-kva.example/">x</a>'],
    [
      '<table background="https://evil.example/x"><tr><td>x</table>',
      '<table role="presentation"><tbody><tr><td>x</td></tr></tbody></table>',
    ],
  ])('%s becomes %s', (html, expected) => {
    expect(body(html)).toBe(expected)
  })

  it.each([
    ['<style><!-- p{color:red} --></style>'],
    ['<style>/* not in <td>, nor before </td> */ p{color:red}</style>'],
    ['<!--[if mso]><style>td{color:blue}<![endif]--><style>p{color:red}</style>'],
  ])('reads the sheet in %s, and the letter behind it', (sheet) => {
    const tree = prepare(`${sheet}<p>x <b>y</b></p>`)
    expect(tree.sheets).toEqual([['p', ['color', 'red', '']]])
    expect(body(`${sheet}<p>x <b>y</b></p>`)).toBe('<p>x <b>y</b></p>')
  })

  it('survives a frameset, which leaves the document without a body', () => {
    expect(() => prepare('<frameset onload=alert(1)><frame src=x></frameset>')).not.toThrow()
  })

  it('interns inline styles and keeps allowed longhands only', () => {
    const tree = prepare('<p style="color: red; position: fixed">a</p><p style="color: red; position: fixed">b</p>')
    expect(tree.styles).toEqual([['color', 'red', '']])
  })

  it('sorts pictures by where they come from, each once', () => {
    const tree = prepare(
      '<img src="cid:a%40b"><img src="https://x.example/1"><img src="http://x.example/1"><img src="data:image/png;base64,AA"><img src="data:image/svg+xml,x"><img src="https://x.example/1">',
    )
    expect(tree.images).toEqual([
      { kind: 'cid', cid: 'a@b' },
      { kind: 'remote', url: 'https://x.example/1' },
      { kind: 'remote', url: 'https://x.example/1' },
      { kind: 'data', url: 'data:image/png;base64,AA' },
    ])
    expect(show(tree.ops)).not.toContain('src')
  })

  it('tells a screen reader what mail does not', () => {
    expect(body('<h2>a</h2><h4>b</h4>')).toBe('<h2 aria-level="3">a</h2><h4 aria-level="5">b</h4>')
    expect(body('<table><tr><th>a</table>')).not.toContain('presentation')
    expect(body('<img width=1 height=1>')).toContain('alt=""')
  })

  it('cuts what is too large, and stays balanced', () => {
    for (const html of [
      '<div>'.repeat(300),
      '<p>x</p>'.repeat(300),
      'x'.repeat(20_000),
      'x'.repeat(6000),
      '<blockquote type=cite>a</blockquote>b'.repeat(60),
    ]) {
      const tree = prepare(html, few)
      expect(tree.isTruncated).toBe(true)
      const depth = tree.ops.reduce<number>((sum, op) => sum + (op === 0 ? -1 : typeof op === 'string' ? 0 : 1), 0)
      expect(depth).toBe(0)
    }
  })

  it('stops before more tags than the sanitiser has time for, and says so', () => {
    const limits = { ...few, tags: 6 }
    const tree = prepare('<p>One</p><p>Two</p><p>Three</p><p>Four</p>', limits)
    expect(show(tree.ops)).toContain('Three')
    expect(show(tree.ops)).not.toContain('Four')
    expect(tree.isTruncated).toBe(true)
    expect(prepare('<p>One</p><p>Two</p>', limits).isTruncated).toBe(false)
  })

  it('keeps the text of what is nested too deeply', () => {
    expect(show(prepare('<div>'.repeat(300) + 'deep', { ...few, nodes: 500 }).ops)).toContain('deep')
  })
})

describe('quotes', () => {
  const quote = (html: string): string => body(html).replace(/ lines="\d+"/g, '')
  const folds = '<postern:quote>'

  it('folds a quote together with the line that introduces it', () => {
    expect(quote('<p>Yes</p><p>On Monday Ada wrote:</p><blockquote type="cite">Come?</blockquote>')).toBe(
      '<p>Yes</p><postern:quote><p>On Monday Ada wrote:</p><blockquote>Come?</blockquote></postern:quote>',
    )
    expect(
      prepare('<p>Yes</p><p>On Monday Ada wrote:</p><blockquote type="cite">Come<br>here?</blockquote>').quoteLines,
    ).toEqual([3])
  })

  it.each([
    [
      'Gmail',
      '<div>Yes</div><div class="gmail_quote"><div>On Mon, Ada wrote:<br></div><blockquote>Come?</blockquote></div>',
    ],
    ['a bare blockquote after "schrieb"', '<p>Ja</p>Am Montag schrieb Ada:<br><blockquote>Kommst du?</blockquote>'],
    ['Outlook on the web', '<div>Yes</div><hr><div id="divRplyFwdMsg"><b>From:</b> Ada</div><div>Come?</div>'],
    [
      'Outlook on the desktop',
      '<p>Yes</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Ada<br><b>Sent:</b> Monday</p></div></div><p>Come?</p>',
    ],
    ['a line of dashes', '<p>Yes</p><p>-----Original Message-----</p><p>Come?</p>'],
  ])('knows %s', (_, html) => {
    const [before, after] = quote(html).split(folds)
    expect(before).toMatch(/Yes|Ja/)
    expect(after).toMatch(/Come|Kommst/)
    expect(before).not.toMatch(/Come|Kommst/)
  })

  it.each([
    [
      'a forwarded letter',
      '<p>See below</p><div class="gmail_quote"><div>---------- Forwarded message ---------</div>Come?</div>',
    ],
    ['a letter that is nothing but quote', '<div class="gmail_quote"><blockquote>Come?</blockquote></div>'],
    ['an indented paragraph', '<p>She said</p><blockquote>Come</blockquote>'],
    ['parts of a table', '<table><tr><td>a</td><td class="gmail_quote">b</td></tr></table>'],
  ])('leaves %s open', (_, html) => {
    expect(quote(html)).not.toContain(folds)
  })

  it('does not read a hostile letter more than a few times', () => {
    const start = performance.now()
    for (const piece of [
      '<blockquote type=cite>',
      '<blockquote></blockquote>',
      '<br>',
      '<div class=gmail_quote>x</div>',
    ]) {
      prepare(piece.repeat(1500))
    }
    expect(performance.now() - start).toBeLessThan(8000)
  })
})
