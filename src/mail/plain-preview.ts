/** The preview as one line of text. It is only ever set as text: this makes it readable, not safe. */

const MAX_LENGTH = 300

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** Cyrus gives the HTML source as the preview of a message that has no plain text: then the tags are taken out. */
export function plainPreview(preview: string): string {
  const text = /^\s*<(!doctype|!--|[a-z][a-z0-9]*[\s>/])/i.test(preview) ? withoutTags(preview) : preview
  return text.replace(/\s+/g, ' ').trim().slice(0, MAX_LENGTH).toWellFormed()
}

function withoutTags(source: string): string {
  return source
    .replace(/<!--.*?(-->|$)/gs, ' ')
    .replace(/<(style|script|title|head)\b.*?(<\/\1\s*>|$)/gis, ' ')
    .replace(/<[^>]*(>|$)/g, ' ')
    .replace(/&([a-z]+);/gi, (entity, name: string) => ENTITIES[name.toLowerCase()] ?? entity)
    .replace(/&#(\d{1,7});/g, (entity, code: string) => fromCodePoint(Number(code)) ?? entity)
}

function fromCodePoint(code: number): string | undefined {
  return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}
