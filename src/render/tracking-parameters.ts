/**
 * Parameters that tell a site who followed a link, and from which campaign. Only those that sites do not need to show
 * the page: the list is kept here, by name; `*` stands for any ending.
 */
const names = (
  '__hsfp __hssc __hstc __s _bta_c _bta_tid _branch_match_id _branch_referrer _hsenc _hsmi _ke _openstat dclid dm_i ' +
  'ef_id epik fb_action_ids fb_action_types fb_ref fb_source fbclid ga_* gad_source gbraid gclid gclsrc gdffi gdfms ' +
  'hmb_campaign hmb_medium hmb_source hsa_* hsCtaTracking icid igsh igshid irclickid itm_* matomo_* mc_cid mc_eid mindbox-* ' +
  'mkcid mkevt mkrid mkt_tok ml_subscriber ml_subscriber_hash msclkid mtm_* ns_campaign ns_mchannel ns_source oft_* oly_anon_id ' +
  'oly_enc_id pk_* piwik_* rb_clickid s_cid sb_referer_host sc_campaign sc_channel sc_content sc_medium sc_outcome sc_geo ' +
  'sc_country srsltid sms_click sms_source sms_uph ss_email_id stm_* trk_contact trk_msg trk_module trk_sid ttclid twclid ' +
  'utm_* vero_conv vero_id vgo_ee wbraid wickedid xtor yclid ymclid'
).split(' ')

const exact = new Set(names.filter((name) => !name.endsWith('*')).map((name) => name.toLowerCase()))
const prefixes = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1).toLowerCase())

/** The address without them; everything else stays as it stands, letter by letter. */
export function withoutTracking(href: string): string {
  const [, before = '', query = '', hash = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(href) ?? []
  if (query === '' || !/^https?:/i.test(before)) return href
  const parts = query.slice(1).split('&')
  const kept = parts.filter((part) => !isTracking(part.replace(/=.*$/s, '')))
  if (kept.length === parts.length) return href
  return before + (kept.length > 0 ? `?${kept.join('&')}` : '') + hash
}

function isTracking(written: string): boolean {
  let name = written
  try {
    name = decodeURIComponent(written)
  } catch {
    // then it is none that we know
  }
  const folded = name.toLowerCase()
  return exact.has(folded) || prefixes.some((prefix) => folded.startsWith(prefix))
}
