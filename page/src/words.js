// How numbers, months and money read on the page.

const few = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const tenths = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const STEPS = [
  [1e12, "trn"],
  [1e9, "bn"],
  [1e6, "m"],
  [1e3, "k"],
];

export function number(value) {
  return value === null || value === undefined ? "not known" : few.format(value).replace("-", "\u2212");
}

export function percent(value) {
  return `${tenths.format(100 * value).replace("-", "\u2212")} %`;
}

export function monthName(date) {
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

export function dayName(date) {
  return `${date.getUTCDate()} ${monthName(date)}`;
}

// The step in which a whole axis is read, so that its ticks stay short.
export function moneyStep(values) {
  const largest = Math.max(...values.map((value) => Math.abs(value ?? 0)));
  return STEPS.find(([step]) => largest >= step) ?? [1, ""];
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
