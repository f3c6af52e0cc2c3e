/** Newsletters as their makers send them: tables, styles, dark grounds, pictures from elsewhere, counting links. */
import { escapeHtml } from '../quoting.ts'

export interface Issue {
  readonly brand: string
  readonly host: string
  readonly number: number
  readonly title: string
  readonly lead: string
  readonly items: readonly (readonly [heading: string, text: string])[]
}

/** Serif, light, one column: no more than it needs. */
export function lightLetter({ brand, host, number, title, lead, items }: Issue): string {
  const body = items
    .map(
      (
        [heading, text],
        index,
      ) => `<tr><td style="padding:12px 40px"><h2 style="font:normal 21px/1.3 Georgia,serif;color:#2c4a3e;margin:0 0 6px">${escapeHtml(heading)}</h2>
<p style="font:17px/1.6 Georgia,serif;color:#333;margin:0">${escapeHtml(text)}</p>${index === 0 ? `<p><img src="https://cdn.${host}/${number}/${index}.jpg" width="520" height="300" alt="${escapeHtml(heading)}" style="max-width:100%;height:auto"></p>` : ''}</td></tr>`,
    )
    .join('\n')
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style type="text/css">
body{margin:0;background:#f7f5ef} a{color:#2c4a3e} .preheader{display:none!important} @media (max-width:600px){.col{width:100%!important}td{padding-left:20px!important;padding-right:20px!important}}
@media (prefers-color-scheme:dark){body,.col{background:#1d211f!important}}</style></head><body>
<div class="preheader" style="display:none;max-height:0;overflow:hidden">${escapeHtml(lead)}</div>
<table role="presentation" width="100%" bgcolor="#f7f5ef"><tr><td align="center"><table class="col" role="presentation" width="600" bgcolor="#fffdf8" cellpadding="0" cellspacing="0">
<tr><td align="center" style="padding:36px 40px 8px"><img src="https://cdn.${host}/mark.png" width="64" height="64" alt="${escapeHtml(brand)}"><p style="font:13px Georgia,serif;letter-spacing:2px;color:#8b8574;text-transform:uppercase">${escapeHtml(brand)}, No. ${number}</p>
<h1 style="font:normal 32px/1.2 Georgia,serif;color:#1c2b25;margin:8px 0">${escapeHtml(title)}</h1></td></tr>
<tr><td style="padding:8px 40px"><p style="font:17px/1.6 Georgia,serif;color:#333">Dear reader,</p><p style="font:17px/1.6 Georgia,serif;color:#333">${escapeHtml(lead)}</p></td></tr>
${body}
<tr><td align="center" style="padding:24px 40px 40px;font:12px Georgia,serif;color:#8b8574">You get this letter because you asked for it. <a href="https://${host}/unsubscribe?u=mara">Leave quietly</a>.<img src="https://count.${host}/o.gif?i=${number}" width="1" height="1" alt="" style="display:block"></td></tr>
</table></td></tr></table></body></html>`
}

/** White on black, with a background picture and cards. */
export function darkLetter({ brand, host, number, title, lead, items }: Issue): string {
  const cards = items
    .map(
      (
        [heading, text],
        index,
      ) => `<td width="50%" valign="top" style="padding:8px"><div style="background:#23202e;border-radius:14px;padding:18px"><img src="https://img.${host}/${number}-${index}.webp" width="240" height="140" alt="" style="width:100%;border-radius:8px">
<h3 style="color:#ffd166;font:600 17px Helvetica,Arial,sans-serif;margin:12px 0 4px">${escapeHtml(heading)}</h3><p style="color:#d8d5e0;font:14px/1.5 Helvetica,Arial,sans-serif;margin:0">${escapeHtml(text)}</p></div></td>`,
    )
    .reduce((rows, cell, index) => rows + (index % 2 === 0 ? `<tr>${cell}` : `${cell}</tr>`), '')
  return `<html><head><meta name="color-scheme" content="dark"><style>.hero{background-image:url(https://img.${host}/hero.jpg);background-size:cover}</style></head>
<body bgcolor="#14121b" text="#f4f1fa" link="#ffd166" style="background:#14121b"><center><table width="620" cellpadding="0" cellspacing="0" bgcolor="#14121b" background="https://img.${host}/noise.png">
<tr><td class="hero" style="padding:48px 24px;text-align:center"><span style="color:#ffd166;font:700 12px Helvetica;letter-spacing:4px">${escapeHtml(brand.toUpperCase())}</span><h1 style="color:#ffffff;font:700 34px/1.1 Helvetica,Arial,sans-serif">${escapeHtml(title)}</h1><p style="color:#d8d5e0;font:16px/1.5 Helvetica,Arial,sans-serif">${escapeHtml(lead)}</p>
<a href="https://click.${host}/t?u=https%3A%2F%2F${host}%2F${number}" style="display:inline-block;background:#ffd166;color:#14121b;font:700 15px Helvetica;padding:14px 28px;border-radius:99px;text-decoration:none">Listen now</a></td></tr>
<tr><td><table width="100%">${cards}</table></td></tr>
<tr><td style="padding:24px;color:#8d879c;font:12px Helvetica;text-align:center"><font color="#8d879c">${escapeHtml(brand)} · <a href="https://${host}/bye">Unsubscribe</a></font></td></tr></table></center></body></html>`
}

/** Centred boxes with buttons and prices. */
export function shopLetter({ brand, host, number, title, lead, items }: Issue): string {
  const rows = items
    .map(
      (
        [heading, text],
        index,
      ) => `<tr><td width="120"><img src="https://static.${host}/p/${number}${index}.png" width="110" height="110" alt="${escapeHtml(heading)}"></td><td style="font-family:Trebuchet MS,sans-serif"><b style="color:#b3261e">${escapeHtml(heading)}</b><br><small>${escapeHtml(text)}</small></td>
<td align="right"><a href="https://${host}/p/${number}${index}" style="background:#b3261e;color:white;padding:8px 14px;text-decoration:none;border-radius:4px">Look</a></td></tr>`,
    )
    .join('\n')
  return `<html><body style="margin:0;font-family:'Trebuchet MS',sans-serif"><div style="background:linear-gradient(90deg,#fff1d6,#ffe0e0);padding:20px;text-align:center"><h1 style="margin:0;color:#b3261e">${escapeHtml(title)}</h1><p>${escapeHtml(lead)}</p></div>
<table width="100%" cellpadding="10" style="max-width:640px;margin:0 auto">${rows}</table><p style="text-align:center;color:#888;font-size:11px">${escapeHtml(brand)}. <a href="https://${host}/u">Unsubscribe</a></p></body></html>`
}
