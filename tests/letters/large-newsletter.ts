/** A newsletter of 300 kB, as shops send them: hundreds of nested tables, and a style at each of their cells. */

const wares = ['Lamp', 'Kettle', 'Bench', 'Rake', 'Clock', 'Shelf', 'Basket', 'Stool', 'Mirror', 'Jug']

/** Letters of other numbers have other words and prices, and the same shape. */
export function largeNewsletter(number: number, size = 300_000): string {
  let html = head(number)
  for (let row = 0; html.length < size; row++) html += article(number, row)
  return `${html}</td></tr></table></body></html>`
}

const head = (
  number: number,
): string => `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<style type="text/css">body{margin:0;padding:0;background-color:#eef1ec}.ware td{font-family:Arial,sans-serif}.price{color:#b23a1f;font-weight:bold}
@media only screen and (max-width:480px){.half{display:block!important;width:100%!important}}</style></head>
<body bgcolor="#eef1ec"><table width="100%" border="0" cellpadding="0" cellspacing="0"><tr><td align="center">
<h1 style="font-family:Georgia,serif;font-size:30px;line-height:36px;color:#26332b;margin:24px 0">Everything in the house, list ${String(number)}</h1>`

function article(number: number, row: number): string {
  const cells = [0, 1].map((side) => {
    const name = `${wares[(row + side) % wares.length] ?? ''} ${String(number)}-${String(row * 2 + side)}`
    const price = ((row * 37 + number * 11 + side * 5) % 300) + 0.5
    return `<td class="half" width="290" valign="top" style="padding:12px 14px ${String(10 + (row % 7))}px 14px;background-color:#ffffff;border:1px solid #e3ded0;border-radius:4px">
<table border="0" cellpadding="0" cellspacing="0" width="100%"><tr><td style="font-size:15px;line-height:20px;font-weight:bold;color:#26332b;padding:0 0 4px 0">${name}</td></tr>
<tr><td style="font-size:14px;line-height:21px;color:#5b665f">Made by hand in a small workshop and sent in a box that can be used again. It comes with all its screws, and with one more.</td></tr>
<tr><td style="padding:8px 0 0 0"><span class="price" style="font-size:14px;color:#c8563b">€ ${price.toFixed(2)}</span> <a href="https://shop.example/ware/${String(row * 2 + side)}?utm_source=news" style="color:#2f5d46;font-size:14px;text-decoration:underline">Have a look</a></td></tr></table></td>`
  })
  return `<table class="ware" width="600" border="0" cellpadding="0" cellspacing="0" align="center" style="margin:0 auto 16px auto"><tr>${cells.join('<td width="20" style="font-size:0;line-height:0">&nbsp;</td>')}</tr></table>\n`
}
