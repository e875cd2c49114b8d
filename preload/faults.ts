/**
 * Owns every code the product can answer with, and its words: what happened and what to do about it, in each language.
 * The one home of these sentences: CLI, window and logs all read them here. Codes are stable; tests and scripts rely on them.
 */
import type { FaultRecord, Notice } from './contract.ts';
import { fill, type Language, type Localised } from './text.ts';

interface FaultText {
  readonly reason: Localised;
  readonly remedy: Localised;
}

const say = (en: string, zh: string): Localised => ({ en, 'zh-CN': zh });

export const FAULTS = {
  E_EMPTY: {
    reason: say('The file is empty.', '文件是空的。'),
    remedy: say('Copy it again from the card or the backup.', '请从存储卡或备份重新复制。'),
  },
  E_TRUNCATED: {
    reason: say('The file ends too early: part of the picture is missing.', '文件不完整:图片缺少一部分。'),
    remedy: say('Copy it again; the first copy was probably interrupted.', '请重新复制,上次复制可能被中断。'),
  },
  E_CORRUPT: {
    reason: say('The picture data is damaged ({why}).', '图片数据已损坏({why})。'),
    remedy: say('Restore the file from another copy.', '请从其他副本恢复该文件。'),
  },
  E_NOT_IMAGE: {
    reason: say('This is not a picture: its contents match no image format.', '这不是图片:内容不符合任何图像格式。'),
    remedy: say('Remove it from the folder, or check where it came from.', '请将其移出文件夹,或检查其来源。'),
  },
  E_BOMB: {
    reason: say(
      'The picture has {width} × {height} pixels, more than the limit of {limit} pixels.',
      '图片为 {width} × {height} 像素,超过上限 {limit} 像素。',
    ),
    remedy: say(
      'Raise the pixel limit in the settings if you trust this file; AVIF stops at 100 million all the same.',
      '如果信任该文件,请在设置中提高像素上限;AVIF 最多 1 亿像素。',
    ),
  },
  E_UNSUPPORTED_CODEC: {
    reason: say('{kind} pictures cannot be read yet.', '暂不支持读取 {kind} 图片。'),
    remedy: say('Export it as JPEG, PNG or TIFF first.', '请先导出为 JPEG、PNG 或 TIFF。'),
  },
  E_UNSUPPORTED_RAW: {
    reason: say(
      'This is a camera RAW file ({kind}); RAW files cannot be read yet.',
      '这是相机 RAW 文件({kind}),暂不支持。',
    ),
    remedy: say('Develop it to TIFF or JPEG in a RAW converter first.', '请先用 RAW 软件转换为 TIFF 或 JPEG。'),
  },
  E_UNSUPPORTED_LAYOUT: {
    reason: say('The pixels are stored in a way that cannot be read ({why}).', '像素的存储方式无法读取({why})。'),
    remedy: say('Save it as a plain RGB or grey picture of 8 or 16 bits.', '请另存为 8 或 16 位的 RGB 或灰度图片。'),
  },
  E_NOT_FILE: {
    reason: say('This is not an ordinary file ({kind}).', '这不是普通文件({kind})。'),
    remedy: say('Nothing to do: pictures are ordinary files.', '无需处理:图片都是普通文件。'),
  },
  E_LINK_OUTSIDE: {
    reason: say('This link points outside the chosen folder.', '该链接指向所选文件夹之外。'),
    remedy: say('Choose the folder it points to as a source of its own.', '请将其指向的文件夹作为单独的来源。'),
  },
  E_LINK_BROKEN: {
    reason: say('This link leads nowhere.', '该链接已失效。'),
    remedy: say('Remove the link or bring its file back.', '请删除链接或恢复其文件。'),
  },
  E_HIDDEN: {
    reason: say('Hidden and system files are left out.', '隐藏文件和系统文件会被跳过。'),
    remedy: say('Rename it without the leading dot if it is a photo.', '如果是照片,请去掉文件名开头的点。'),
  },
  E_NAME: {
    reason: say('The file name is not valid text.', '文件名不是有效文本。'),
    remedy: say('Rename the file.', '请重命名该文件。'),
  },
  E_NAME_TOO_LONG: {
    reason: say('The name of the result would be too long for the disk.', '结果文件名过长,磁盘无法保存。'),
    remedy: say('Shorten the name template or the folder names.', '请缩短名称模板或文件夹名。'),
  },
  E_ACCES: {
    reason: say('The file may not be read: its permissions forbid it.', '没有读取该文件的权限。'),
    remedy: say('Change its permissions, or copy it as its owner.', '请修改权限,或由其所有者复制。'),
  },
  E_GONE: {
    reason: say('The file is no longer there.', '文件已不存在。'),
    remedy: say('Bring it back or open the folder again.', '请恢复文件或重新打开文件夹。'),
  },
  E_CHANGED: {
    reason: say('The file changed while it was being read.', '读取过程中文件被修改。'),
    remedy: say('Process it again when nothing else writes to it.', '请在没有其他程序写入时重新处理。'),
  },
  E_READ: {
    reason: say('The file could not be read ({why}).', '无法读取文件({why})。'),
    remedy: say('Check the disk or card, then try again.', '请检查磁盘或存储卡后重试。'),
  },
  E_WRITE: {
    reason: say('The result could not be written ({why}).', '无法写入结果({why})。'),
    remedy: say('Check the output folder and its disk, then try again.', '请检查输出文件夹及磁盘后重试。'),
  },
  E_NOSPC: {
    reason: say('The disk of the output folder is full.', '输出文件夹所在磁盘已满。'),
    remedy: say('Free some space or choose another folder.', '请释放空间或选择其他文件夹。'),
  },
  E_FBIG: {
    reason: say('The result is larger than this disk allows for one file.', '结果超过该磁盘允许的单个文件大小。'),
    remedy: say('Choose a folder on another disk, or a smaller format.', '请选择其他磁盘或更小的格式。'),
  },
  E_VERIFY: {
    reason: say(
      'The written result did not read back as it should ({why}); it was not kept.',
      '写入的结果校验失败({why}),未保留。',
    ),
    remedy: say('Try again; if it happens again, check the disk.', '请重试;若再次出现,请检查磁盘。'),
  },
  E_FORMAT_LIMIT: {
    reason: say(
      '{format} cannot hold {width} × {height} pixels (at most {limit} a side).',
      '{format} 无法保存 {width} × {height} 像素(每边最多 {limit})。',
    ),
    remedy: say('Choose one of: {formats}.', '请选择:{formats}。'),
  },
  E_OUTPUT_IS_SOURCE: {
    reason: say('The result would take the place of a source photo.', '结果会覆盖源照片。'),
    remedy: say(
      'Choose another folder, or add something to the name, such as {name}-edited.',
      '请选择其他文件夹,或在名称中加入内容,例如 {name}-edited。',
    ),
  },
  E_OUTPUT_FOLDER: {
    reason: say('Nothing can be written to the output folder {path} ({why}).', '无法写入输出文件夹 {path}({why})。'),
    remedy: say('Choose a folder you may write to.', '请选择可写入的文件夹。'),
  },
  E_EXISTS: {
    reason: say('There is a file at {path} already.', '{path} 已存在。'),
    remedy: say(
      'Choose "rename" or "overwrite" if you want it done all the same.',
      '如仍需处理,请选择“重命名”或“覆盖”。',
    ),
  },
  E_IN_OUTPUT: {
    reason: say(
      'The file lies in the output folder, so it is a result and not a source.',
      '该文件位于输出文件夹中,是结果而不是源文件。',
    ),
    remedy: say('Choose another output folder to process it.', '如需处理,请选择其他输出文件夹。'),
  },
  E_PATH: {
    reason: say('The name template leads outside the output folder.', '名称模板指向输出文件夹之外。'),
    remedy: say('Use only names and the tokens in the list.', '请只使用名称和列表中的标记。'),
  },
  E_NO_SOURCE: {
    reason: say('There is nothing at {path}.', '{path} 不存在。'),
    remedy: say('Check the spelling, or whether the disk is connected.', '请检查拼写,或磁盘是否已连接。'),
  },
  E_NO_FILTER: {
    reason: say('There is no filter called {filter}.', '没有名为 {filter} 的滤镜。'),
    remedy: say('"photomill filters" lists them all.', '“photomill filters”可列出全部滤镜。'),
  },
  E_PARAM: {
    reason: say(
      '{filter}: expected {expected} for {param} but received {received}.',
      '{filter}:{param} 应为 {expected},但收到 {received}。',
    ),
    remedy: say(
      'Correct the value; "photomill filters" shows every range.',
      '请更正数值;“photomill filters”显示所有范围。',
    ),
  },
  E_EXPRESSION: {
    reason: say(
      'Formula {formula}, column {column}: expected {expected} but found "{received}".',
      '公式 {formula} 第 {column} 列:应为 {expected},但遇到“{received}”。',
    ),
    remedy: say(
      'Correct the formula at that place; max(r, g) * 0.5 is one that works.',
      '请更正该处的公式;例如 max(r, g) * 0.5 是正确的公式。',
    ),
  },
  E_RECIPE: {
    reason: say(
      'The recipe is wrong at {place}: expected {expected} but found {received}.',
      '配方在 {place} 处有误:应为 {expected},实际为 {received}。',
    ),
    remedy: say(
      'Correct the file there, or export the recipe anew; "photomill filters" shows every filter and range.',
      '请在该处更正文件,或重新导出配方;“photomill filters”显示所有滤镜和范围。',
    ),
  },
  E_NO_RECIPE: {
    reason: say('There is no recipe called {recipe}.', '没有名为 {recipe} 的配方。'),
    remedy: say('"photomill recipes" lists them all.', '“photomill recipes”可列出全部配方。'),
  },
  E_USAGE: {
    reason: say('{why}', '{why}'),
    remedy: say('"photomill --help" shows every command and option.', '“photomill --help”显示所有命令和选项。'),
  },
  E_TEMPLATE: {
    reason: say('The name template has an unknown token: {token}.', '名称模板中有未知标记:{token}。'),
    remedy: say('Known tokens: {known}.', '可用标记:{known}。'),
  },
  E_CANCELLED: {
    reason: say('Cancelled before it was finished.', '完成前已取消。'),
    remedy: say('Process it again when you like.', '需要时可重新处理。'),
  },
  E_TIMEOUT: {
    reason: say('The file took longer than {seconds} s and was stopped.', '处理该文件超过 {seconds} 秒,已停止。'),
    remedy: say('Open it in another program and save it anew.', '请用其他程序打开并重新保存。'),
  },
  E_CRASH: {
    reason: say('The engine stopped while it worked on this file ({why}).', '处理该文件时引擎停止({why})。'),
    remedy: say(
      'The other files went on. Try this one again; if it happens again, save it anew in another program.',
      '其他文件不受影响。请重试;若再次出现,请用其他程序另存。',
    ),
  },
  E_ENGINE: {
    reason: say('The engine could not be started ({why}).', '无法启动引擎({why})。'),
    remedy: say('"photomill doctor" tells what is missing.', '“photomill doctor”会说明缺少什么。'),
  },
  E_CLOSED: {
    reason: say('The connection to the engine was closed.', '与引擎的连接已关闭。'),
    remedy: say('Start again.', '请重新开始。'),
  },
  E_REQUEST: {
    reason: say('A request was not understood ({why}).', '请求无法识别({why})。'),
    remedy: say('Reload the window; if it happens again, report it.', '请重新加载窗口;若再次出现,请反馈。'),
  },
  E_NOT_GRANTED: {
    reason: say('{path} was not chosen by you, so it may not be touched.', '{path} 不是由您选择的,因此不能访问。'),
    remedy: say('Choose it through the folder dialog.', '请通过文件夹对话框选择。'),
  },
  E_NO_DIALOG: {
    reason: say('This is only possible in the desktop window.', '此操作只能在桌面窗口中进行。'),
    remedy: say('Use the list of folders instead.', '请使用文件夹列表。'),
  },
  E_BUSY: {
    reason: say('A batch is running already.', '已有批处理正在运行。'),
    remedy: say('Wait for it or cancel it.', '请等待其完成或取消。'),
  },
  E_PORT: {
    reason: say('Port {port} is taken by another program.', '端口 {port} 已被其他程序占用。'),
    remedy: say('Choose another one with --port.', '请用 --port 选择其他端口。'),
  },
  E_TOKEN: {
    reason: say('This address lacks its key, or the key is an old one.', '该地址缺少密钥,或密钥已过期。'),
    remedy: say('Open the whole address that "photomill serve" printed.', '请打开“photomill serve”显示的完整地址。'),
  },
  E_INTERNAL: {
    reason: say('Something went wrong that should not have ({why}).', '出现了意外错误({why})。'),
    remedy: say('Try again; if it happens again, report it.', '请重试;若再次出现,请反馈。'),
  },
} as const satisfies Readonly<Record<string, FaultText>>;
export type FaultCode = keyof typeof FAULTS;

export const NOTICES = {
  N_FIRST_FRAME: say('Only the first of {frames} frames was taken.', '仅取 {frames} 帧中的第一帧。'),
  N_ALPHA_FLATTENED: say(
    'Transparency was laid on white: {format} has none.',
    '透明部分已填充白色:{format} 不支持透明。',
  ),
  N_DEPTH_REDUCED: say('{from} bits a channel became {to}.', '每通道 {from} 位变为 {to} 位。'),
  N_CMYK_CONVERTED: say('CMYK was converted to sRGB through its profile.', 'CMYK 已通过其配置文件转换为 sRGB。'),
  N_COLOUR_CONVERTED: say('{from} colours were converted to sRGB.', '{from} 颜色已转换为 sRGB。'),
  N_PROFILE_IGNORED: say('A broken colour profile was left out.', '已忽略损坏的颜色配置文件。'),
  N_METADATA_LOST: say('{format} could not carry: {kinds}.', '{format} 无法保存:{kinds}。'),
  N_EXTENSION: say('The contents are {kind}, whatever the name says.', '内容实际为 {kind},与扩展名不符。'),
  N_DECODE_WARNING: say(
    'The file has small faults ({why}); the picture was read all the same.',
    '文件有小问题({why}),但图片已读取。',
  ),
  N_EXTRA_LOST: say('Left behind: {what}.', '未保留:{what}。'),
  N_RENAMED: say('The planned name was taken; the result is called {name}.', '计划的名称已被占用,结果名为 {name}。'),
  N_STANDS: say('{path} was there already and stays as it is.', '{path} 已存在,保持不变。'),
  N_SETTINGS_SET_ASIDE: say(
    'The settings file could not be read; it was kept as {path} and defaults are used.',
    '设置文件无法读取,已保存为 {path},现使用默认设置。',
  ),
  N_SETTINGS_NOT_SAVED: say(
    'Settings cannot be saved ({why}); they last until you quit.',
    '无法保存设置({why}),仅在退出前有效。',
  ),
  N_OPEN_TO_NETWORK: say(
    'Other machines can reach {host}: whoever has the whole address can read and write your photos.',
    '其他设备可以访问 {host}:任何拥有完整地址的人都能读写您的照片。',
  ),
  N_ENGINE_RESTARTED: say('The engine stopped ({why}) and was started again.', '引擎停止({why}),已重新启动。'),
} as const satisfies Readonly<Record<string, Localised>>;
export type NoticeCode = keyof typeof NOTICES;

type Detail = Readonly<Record<string, string | number>>;

/** The one error class of the product: what can be told to a photographer. Anything else thrown is a bug. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly detail: Detail;

  constructor(code: FaultCode, detail: Detail = {}, cause?: unknown) {
    super(`${code}: ${fill(FAULTS[code].reason.en, detail)}`, cause === undefined ? undefined : { cause });
    this.name = 'Fault';
    this.code = code;
    this.detail = detail;
  }
}

/** NaN and the infinities become words: JSON has none of them, and the record's schema would refuse them. */
export function toRecord(fault: Fault): FaultRecord {
  const detail = Object.entries(fault.detail).map(([key, value]) => [
    key,
    typeof value === 'number' && Number.isFinite(value) ? value : String(value),
  ]);
  return { code: fault.code, detail: Object.fromEntries(detail) };
}

/** A record of a code this version does not know (a newer peer's) is kept readable as E_INTERNAL. */
export function fromRecord(record: FaultRecord): Fault {
  return isFaultCode(record.code)
    ? new Fault(record.code, record.detail)
    : new Fault('E_INTERNAL', { why: record.code });
}

/** Whatever was thrown, as a Fault; what is none becomes E_INTERNAL with its own words as the cause. */
export function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  return new Fault('E_INTERNAL', { why: error instanceof Error ? error.message : String(error) }, error);
}

export function notice(code: NoticeCode, detail: Detail = {}): Notice {
  return { code, detail: { ...detail } };
}

export interface Told {
  readonly reason: string;
  readonly remedy: string;
}

export function tellFault(record: FaultRecord, language: Language): Told {
  const text = isFaultCode(record.code) ? FAULTS[record.code] : FAULTS.E_INTERNAL;
  const detail = isFaultCode(record.code) ? record.detail : { why: record.code };
  return { reason: fill(text.reason[language], detail), remedy: fill(text.remedy[language], detail) };
}

export function tellNotice(record: Notice, language: Language): string {
  return isNoticeCode(record.code) ? fill(NOTICES[record.code][language], record.detail) : record.code;
}

function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(FAULTS, code);
}

function isNoticeCode(code: string): code is NoticeCode {
  return Object.hasOwn(NOTICES, code);
}
