/**
 * An amount as `locale` writes it; a currency that `Intl` does not know stands behind the number as it came.
 * `currency`: ISO 4217 as Airalo sends it, cut to ten letters where it is none. Never throws for a currency.
 */
export function moneyText(locale: string, amount: number, currency: string): string {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount);
  } catch {
    const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(amount);
    return `${number} ${currency.replace(/[^A-Za-z]/g, '').slice(0, 10)}`.trim();
  }
}
