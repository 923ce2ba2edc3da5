/** What a person sends that is not typed: a list as a file. */

const MOST_BYTES = 2_000_000;

/** A file as the page sends it; undefined for one that is much larger than any list. */
export async function listOf(file) {
  if (file.size > MOST_BYTES) return undefined;
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return { kind: 'upload', name: file.name, type: file.type || 'text/csv', base64: btoa(binary) };
}

/** A list as a shop would export it, with a row that is none. */
export function sampleList(esims) {
  const rows = esims.map(({ iccid }, index) => `${1001 + index};${iccid};customer ${index + 1}`);
  const text = ['order;iccid;customer', ...rows, '1999;not known;customer 99', ''].join('\n');
  return { kind: 'upload', name: 'orders.csv', type: 'text/csv', base64: btoa(text) };
}
