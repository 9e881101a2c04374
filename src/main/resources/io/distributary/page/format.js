// From numbers and names to words for people.

const NONE = "–";
const whole = new Intl.NumberFormat("en", {maximumFractionDigits: 0});
const tenths = new Intl.NumberFormat("en", {maximumFractionDigits: 1});

const COMPONENTS = {
  "aws2-sns": "SNS", "aws2-sqs": "SQS", "aws2-ddb": "DynamoDB", "aws2-s3": "S3", nats: "NATS JetStream", opensearch: "OpenSearch", file: "File",
};

/** 1,234; one digit after the point below ten. */
export function number(value) {
  if (value === null || value === undefined) {
    return NONE;
  }
  return Math.abs(value) < 10 ? tenths.format(value) : whole.format(value);
}

export function rate(value) {
  return value === null || value === undefined ? NONE : `${number(value)}/s`;
}

/** Two units at most: 900 ms, 12 s, 13 min 49 s, 8 h 47 min, 3 d 4 h. */
export function duration(ms) {
  if (ms === null || ms === undefined) {
    return NONE;
  }
  if (ms < 1000) {
    return `${whole.format(ms)} ms`;
  }
  const seconds = Math.floor(ms / 1000);
  const parts = [[Math.floor(seconds / 86400), "d"], [Math.floor(seconds / 3600) % 24, "h"], [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"]];
  const first = parts.findIndex(part => part[0] > 0);
  return parts.slice(first, first + 2).filter(part => part[0] > 0).map(part => `${part[0]} ${part[1]}`).join(" ");
}

export function bytes(value) {
  if (value === null || value === undefined) {
    return NONE;
  }
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  let size = value;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${number(size)} ${units[unit]}`;
}

/** The reader's own time of day, with the date where it is another day. */
export function time(instant) {
  if (!instant) {
    return NONE;
  }
  const date = new Date(instant);
  const clock = date.toLocaleTimeString("en-GB");
  return date.toDateString() === new Date().toDateString() ? clock
      : `${date.toLocaleDateString("en-GB", {day: "numeric", month: "short", year: "numeric"})}, ${clock}`;
}

export function component(scheme) {
  return COMPONENTS[scheme] ?? scheme;
}

/** READING: reading; WAITING_FOR_PARENT: waiting for parent. */
export function words(constant) {
  return constant ? constant.toLowerCase().replaceAll("_", " ") : NONE;
}

/** A condition without the long names of its headers: partition key startsWith 'ORDER#'. */
export function condition(expression) {
  return expression
      .replace(/\$\{header\.CamelAwsDdbStream(\w+)}/g, (match, name) => name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase())
      .replace(/\$\{header\.(\w+)}/g, "$1");
}

export function plural(count, one, many = `${one}s`) {
  return `${number(count)} ${count === 1 ? one : many}`;
}
