/** Markup as an enemy would write it, made by chance: nested, broken, mutated. */
import fc from 'fast-check'

const canary = 'http://canary.test/fuzz'
const run = 'self.__pwned=1'

const tags =
  `a b i p div span table tbody tr td th ul li dl dt h1 h3 pre blockquote img br hr font center body html head
  style title base link meta script noscript iframe frame frameset object embed applet svg math mi mo mn ms mtext mglyph
  malignmark annotation-xml foreignobject desc animate set use image text a form input button select option optgroup
  textarea keygen isindex template slot portal video audio source track canvas dialog details summary marquee bgsound
  xmp plaintext listing noembed noframes math:x x-y selectedcontent fencedframe area map label output meter progress`.split(
    /\s+/,
  )

const attributeNames = `href src srcset style class id name title alt width height bgcolor background action formaction
  method target ping rel type media http-equiv content onload onerror onclick onfocus ontoggle onbegin onanimationstart
  onpointerenter autofocus tabindex contenteditable xlink:href xml:base xmlns is slot srcdoc sandbox data poster lowsrc
  dynsrc usemap role aria-label for form popover popovertarget commandfor command attributionsrc imagesrcset nonce
  attributename values to from begin colspan dir lang datetime open cite longdesc profile manifest`.split(/\s+/)

const values = [
  `javascript:${run}`,
  `java\tscript:${run}`,
  `&#106;avascript&colon;${run}`,
  ` \u0001javascript:${run}`,
  `data:text/html,<script>parent.${run}</script>`,
  `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${run}'/>`,
  'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==',
  'vbscript:x',
  'blob:null/x',
  'cid:part@mail',
  '//canary.test/x',
  `${canary}.png`,
  `${canary} 1x, ${canary} 2x`,
  run,
  `0;url=${canary}`,
  `"><img src=x:x onerror=${run}>`,
  `</style><img src=x:x onerror=${run}>`,
  'getElementById',
  'attributes',
  'body',
  'x',
  '',
  '100%',
  '99999999999',
  '#top',
  'mailto:a@b.test?cc=c@d.test',
]

const declarations = [
  `background:url(${canary})`,
  `background-image:image-set("${canary}" 1x)`,
  `background:u\\72l(${canary})`,
  `list-style:url(${canary})`,
  `cursor:url(${canary}),auto`,
  `content:url(${canary})`,
  `filter:url(${canary}#x)`,
  `mask:url(${canary})`,
  `background:var(--x,url(${canary}))`,
  `border-image:url(${canary}) 1`,
  `width:attr(x type(<length>))`,
  `background:if(style(--x:1):url(${canary}))`,
  `behavior:url(#x)`,
  `-moz-binding:url(${canary}#x)`,
  `width:expression(${run})`,
  'position:fixed',
  'position:absolute;inset:0;z-index:9999',
  'position:sticky',
  'display:contents',
  'height:100vh',
  'margin-left:-99999px',
  'animation:x 1s',
  'transform:scale(99)',
  'color:red',
  '--x:1',
  'font:1px/1 x',
  'background:/*',
  '}',
]

const selectors = [
  '*',
  'p',
  'html',
  'body',
  ':root',
  'a:visited',
  'p:has(a)',
  '::before',
  '[title^=x]',
  '\\70',
  '#bar',
  '.x>*',
]
const rules = [
  `@import "${canary}"`,
  `@import url(${canary})`,
  `@font-face{font-family:x;src:url(${canary})}`,
  '@media screen{',
  '@supports(x:y){',
  '@layer a{',
  '@property --x{syntax:"<url>";inherits:false;initial-value:x}',
  '@keyframes x{to{color:red}}',
  '@namespace svg url(x)',
  '@scope(p){',
  '<!--',
  '-->',
  '</style',
  '@charset "utf-7"',
]

const pieces = [
  '<!--',
  '-->',
  '--!>',
  '<![CDATA[',
  ']]>',
  '<?xml version="1.0"?>',
  '<!DOCTYPE html>',
  '</',
  '<',
  '>',
  '"',
  "'",
  '`',
  '\u0000',
  '\ufeff',
  '\u202e',
  '&lt;img src=x onerror=1&gt;',
  '&#x3c;script&#x3e;',
  `<script>${run}</script>`,
  '<base href=//canary.test>',
  `<img/src=x:x/onerror=${run}//`,
  `<svg><style><img src=x:x onerror=${run}>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x:x onerror=${run}&gt;">`,
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=1>',
  '+ADw-script+AD4-',
  'text',
]

const attribute = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...attributeNames), fc.constantFrom(...values)) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant('style'),
      fc.array(fc.constantFrom(...declarations), { maxLength: 4 }).map((list) => list.join(';')),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...attributeNames), fc.string({ maxLength: 12 })) },
)

const quoted = fc.tuple(attribute, fc.constantFrom('"', '"', "'", '')).map(([[name, value], quote]) => {
  if (quote === '') return ` ${name}=${value.replace(/[\s>]/g, '/')}`
  return ` ${name}=${quote}${value.replaceAll(quote, quote === '"' ? '&quot;' : '&#39;')}${quote}`
})

const sheet = fc
  .array(
    fc.oneof(
      fc.constantFrom(...rules),
      fc
        .tuple(fc.constantFrom(...selectors), fc.array(fc.constantFrom(...declarations), { maxLength: 4 }))
        .map(([selector, list]) => `${selector}{${list.join(';')}}`),
    ),
    { maxLength: 6 },
  )
  .map((list) => `<style>${list.join('')}</style>`)

const { node } = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, depthSize: 'small' },
    fc.constantFrom(...pieces),
    sheet,
    fc
      .tuple(
        fc.constantFrom(...tags),
        fc.array(quoted, { maxLength: 4 }),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.nat(9),
      )
      .map(([tag, attributes, children, luck]) => {
        // one in five is not closed, one in ten closes another
        const close = luck < 2 ? '' : luck === 2 ? '</p>' : `</${tag}>`
        return `<${tag}${attributes.join('')}>${children.join('')}${close}`
      }),
  ),
}))

/** Characters that are put in or taken out wherever it falls. */
const mutations = fc.array(
  fc.tuple(fc.nat(), fc.constantFrom('', '', '<', '>', '"', '/', '\u0000', '&', '=', '-->', ' ')),
  { maxLength: 3 },
)

/** A fragment of mail. */
export const wildHtml: fc.Arbitrary<string> = fc
  .tuple(fc.array(node, { minLength: 1, maxLength: 4 }), mutations)
  .map(([nodes, changes]) =>
    changes.reduce((html, [at, text]) => {
      const place = at % (html.length + 1)
      return html.slice(0, place) + text + html.slice(place + (text === '' ? 1 : 0))
    }, nodes.join('')),
  )
