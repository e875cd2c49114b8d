/** Owns `photomill filters`: the catalogue as the engine tells it, as a table or as JSON. */
import type { FilterInfo, ParamInfo } from '../../preload/contract.ts';
import { catalogueOf, withEngine } from './context.ts';
import type { Terminal } from './output.ts';
import type { CliPlatform } from './platform.ts';
import { alignColumns } from './text.ts';

export async function filtersCommand(
  platform: CliPlatform,
  terminal: Terminal,
  options: { readonly json?: boolean },
): Promise<number> {
  const filters = await withEngine(platform, (engine) => catalogueOf(engine));
  terminal.out(options.json ? `${JSON.stringify(filters.map(filterRecord), null, 2)}\n` : filtersText(filters));
  return 0;
}

/** The keys of cli.md first, always all of them; a param without a range has nulls there. */
function filterRecord({ id, label, help, group, params, depth }: FilterInfo): object {
  return { id, label: label.en, params: params.map(paramRecord), depth, group, help: help.en };
}

function paramRecord(param: ParamInfo): object {
  const isNumber = param.type === 'number';
  return {
    name: param.name,
    type: param.type,
    min: isNumber ? param.min : null,
    max: isNumber ? param.max : null,
    step: isNumber ? param.step : null,
    default: param.default,
    unit: isNumber ? param.unit : '',
    help: param.help.en,
    label: param.label.en,
    ...(param.type === 'choice' ? { options: param.options.map(({ value }) => value) } : {}),
  };
}

export function filtersText(filters: readonly FilterInfo[]): string {
  const blocks = filters.map(({ id, help, params }) => {
    const rows = params.map((param) => [
      `    ${param.name}`,
      rangeOf(param),
      `default ${param.default}`,
      param.help.en,
    ]);
    return [`${id}`, `    ${help.en}`, ...alignColumns(rows)].join('\n');
  });
  return `${blocks.join('\n\n')}\n\nUse: --filter <id>:<param>=<value>,…\n`;
}

function rangeOf(param: ParamInfo): string {
  switch (param.type) {
    case 'number':
      return `${param.min} to ${param.max}${param.unit === '' ? '' : ` ${param.unit}`}`;
    case 'choice':
      return param.options.map(({ value }) => value).join(' | ');
    case 'switch':
      return 'true | false';
    case 'text':
      return `text, at most ${param.maxLength} characters`;
    default:
      return param satisfies never;
  }
}
