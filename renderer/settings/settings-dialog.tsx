/** Owns the settings: each with what it does in plain words, checked by the contract's schema before it is saved. */
import { type ReactNode, useState } from 'react';
import { type Settings, settingsSchema } from '../../preload/contract.ts';
import { LANGUAGES } from '../../preload/text.ts';
import { useWords } from '../i18n.ts';
import { saveSettings } from '../session.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Select } from '../ui/select.tsx';
import { type Draft, draftOf, NUMBERS, type NumberSetting, parseDraft } from './draft.ts';
import './settings.css';

export function SettingsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const settings = useStore((state) => state.settings);
  return settings === null ? null : <Form settings={settings} onClose={onClose} />;
}

function Form({ settings, onClose }: { readonly settings: Settings; readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const [draft, setDraft] = useState(() => draftOf(settings));
  const parsed = parseDraft(draft, settingsSchema);
  const save = async () => {
    if (parsed.patch !== null && (await saveSettings(parsed.patch))) onClose();
  };
  return (
    <Dialog
      title={t('settings.title')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button tone="primary" disabled={parsed.patch === null} onClick={save}>
            {t('settings.save')}
          </Button>
        </>
      }
    >
      <div className="setting">
        <span className="setting-label">{t('settings.language')}</span>
        <Select
          name={t('settings.language')}
          value={draft.language}
          options={[
            { value: 'auto', label: t('settings.languageAuto') },
            ...LANGUAGES.map((language) => ({ value: language, label: OWN_NAMES[language] })),
          ]}
          onChange={(language) => setDraft({ ...draft, language })}
        />
      </div>
      {NUMBERS.map((setting) => (
        <NumberRow
          key={setting}
          setting={setting}
          draft={draft}
          wrong={parsed.wrong.includes(setting)}
          onChange={(text) => setDraft({ ...draft, [setting]: text })}
        />
      ))}
    </Dialog>
  );
}

/** A language is called by its own name in every language. */
const OWN_NAMES = { en: 'English', 'zh-CN': '简体中文' } as const;

interface NumberRowProps {
  readonly setting: NumberSetting;
  readonly draft: Draft;
  readonly wrong: boolean;
  onChange(text: string): void;
}

function NumberRow({ setting, draft, wrong, onChange }: NumberRowProps): ReactNode {
  const { t } = useWords();
  const helpId = `setting-${setting}`;
  return (
    <div className="setting">
      <label className="setting-label" htmlFor={`${helpId}-field`}>
        {t(`settings.${setting}`)}
      </label>
      <span className="setting-field">
        <input
          id={`${helpId}-field`}
          className="text-field"
          inputMode="numeric"
          aria-invalid={wrong}
          aria-describedby={helpId}
          placeholder={setting === 'pixelLimit' ? undefined : t('settings.auto')}
          value={draft[setting]}
          onChange={(event) => onChange(event.target.value)}
        />
        {setting === 'workers' ? null : <span className="setting-unit">{t(`settings.unit.${setting}`)}</span>}
      </span>
      <p id={helpId} className={wrong ? 'setting-help field-wrong' : 'setting-help'} role={wrong ? 'alert' : undefined}>
        {t(wrong ? `settings.wrong.${setting}` : `settings.help.${setting}`)}
      </p>
    </div>
  );
}
