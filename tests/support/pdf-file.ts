const latin = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'

/** Names a table of characters that every reader of PDF is to have. */
export const japanese =
  '<< /Type /Font /Subtype /Type0 /BaseFont /MS-Mincho /Encoding /90ms-RKSJ-H /DescendantFonts [' +
  '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /MS-Mincho ' +
  '/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> ' +
  '/FontDescriptor << /Type /FontDescriptor /FontName /MS-Mincho /Flags 4 >> >>] >>'

/** A PDF made here: a line of text on each page, and a link on the first. */
export function pdfOf(lines: readonly string[], { font = latin } = {}): Uint8Array {
  const first = 5
  const page = (index: number): number => first + 2 * index
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>',
    `<< /Type /Pages /Kids [${lines.map((_, index) => `${String(page(index))} 0 R`).join(' ')}] /Count ${String(lines.length)} >>`,
    font,
    `<< /Type /Annot /Subtype /Link /Rect [60 700 300 740] /Border [0 0 0] /A << /S /URI /URI (https://tidewater.example/invoice) >> >>`,
    ...lines.flatMap((line, index) => {
      const content = `BT /F1 18 Tf 64 712 Td (${line}) Tj ET`
      const notes = index === 0 ? ' /Annots [4 0 R]' : ''
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${String(page(index) + 1)} 0 R /Resources << /Font << /F1 3 0 R >> >>${notes} >>`,
        `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
      ]
    }),
  ]
  let text = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = text.length
    text += `${String(index + 1)} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const start = text.length
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  text += `xref\n0 ${String(objects.length + 1)}\n0000000000 65535 f \n${rows}`
  text += `trailer\n<< /Size ${String(objects.length + 1)} /Root 1 0 R >>\nstartxref\n${String(start)}\n%%EOF\n`
  return new Uint8Array(Buffer.from(text, 'latin1'))
}
