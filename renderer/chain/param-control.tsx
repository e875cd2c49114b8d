/** Owns the control a parameter gets, by what its filter declared of it. A new filter needs nothing new here. */
import type { ReactNode } from 'react';
import { checkText } from '../../preload/chain.ts';
import type { ParamInfo } from '../../preload/contract.ts';
import { asFault, tellFault, toRecord } from '../../preload/faults.ts';
import type { Language } from '../../preload/text.ts';
import { useWords } from '../i18n.ts';
import { Select } from '../ui/select.tsx';
import { Slider } from '../ui/slider.tsx';
import { Switch } from '../ui/switch.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { ParamValue } from './chain.ts';

interface ParamControlProps {
  readonly param: ParamInfo;
  /** The filter's name as shown. */
  readonly filter: string;
  readonly value: ParamValue;
  onChange(value: ParamValue): void;
}

export function ParamControl({ param, filter, value, onChange }: ParamControlProps): ReactNode {
  const { t, language } = useWords();
  const label = param.label[language];
  const help = param.help[language];
  const name = t('chain.paramName', { filter, param: label });
  switch (param.type) {
    case 'number':
      return (
        <Slider
          name={name}
          label={label}
          hint={help}
          value={Number(value)}
          scale={{ kind: param.scale, min: param.min, max: param.max, step: param.step }}
          unit={param.unit}
          defaultValue={param.default}
          onChange={onChange}
        />
      );
    case 'choice':
      return (
        <div className="field-row" title={help}>
          <span className="field-label">{label}</span>
          <Select
            name={name}
            value={String(value)}
            options={param.options.map((option) => ({ value: option.value, label: option.label[language] }))}
            onChange={onChange}
          />
        </div>
      );
    case 'switch':
      return (
        <div className="field-row" title={help}>
          <span className="field-label">{label}</span>
          <Switch name={name} checked={value === true} onChange={onChange} />
        </div>
      );
    case 'text':
      return (
        <TextField
          name={name}
          label={label}
          hint={help}
          value={String(value)}
          maxLength={param.maxLength}
          fault={textFaultOf(filter, param, String(value), language)}
          onChange={onChange}
        />
      );
  }
}

/** Read as it is typed, by the grammar the engine has: where it stops making sense is told before any picture is asked for. */
function textFaultOf(
  filter: string,
  param: Extract<ParamInfo, { type: 'text' }>,
  text: string,
  language: Language,
): string | undefined {
  try {
    checkText(filter, param, text);
    return undefined;
  } catch (error) {
    return tellFault(toRecord(asFault(error)), language).reason;
  }
}
