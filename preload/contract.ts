/**
 * Owns every word that crosses a process border: requests, replies and events with their schemas, in two halves.
 * `appContract` is what a user interface asks of a host; `engineContract` is what a host asks of the engine.
 * Refuses to know transports (port.ts and its neighbours), Electron and React. Types come from the schemas.
 */
import { z } from 'zod';
import { LANGUAGES } from './text.ts';

// The renderer's CSP forbids eval; zod's compiled parsers would try it and be reported as a violation.
z.config({ jitless: true });

const localised = z.object({ en: z.string(), 'zh-CN': z.string() });
const path = z.string().min(1).max(4096);
const id = z.string().min(1).max(128);
const bytes = z.instanceof(Uint8Array);

// ---------------------------------------------------------------- faults and notices

/** Why something did not happen. `code` is stable; the sentences come from faults.ts in the reader's language. */
export const faultSchema = z.object({
  code: z.string().regex(/^E_[A-Z0-9_]+$/),
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type FaultRecord = z.infer<typeof faultSchema>;

/** What a photographer should know of a file that went well all the same. */
export const noticeSchema = z.object({
  code: z.string().regex(/^N_[A-Z0-9_]+$/),
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Notice = z.infer<typeof noticeSchema>;

// ---------------------------------------------------------------- filters

const paramBase = { name: z.string(), label: localised, help: localised };
export const paramInfoSchema = z.discriminatedUnion('type', [
  z.object({
    ...paramBase,
    type: z.literal('number'),
    min: z.number(),
    max: z.number(),
    step: z.number(),
    default: z.number(),
    unit: z.string(),
    /** `log`: the slider moves in ratios, as for a radius from 0.3 to 100. */
    scale: z.enum(['linear', 'log']),
  }),
  z.object({
    ...paramBase,
    type: z.literal('choice'),
    options: z.array(z.object({ value: z.string(), label: localised })),
    default: z.string(),
  }),
  z.object({ ...paramBase, type: z.literal('switch'), default: z.boolean() }),
  z.object({
    ...paramBase,
    type: z.literal('text'),
    /** UTF-16 units. */
    maxLength: z.number().int().positive(),
    default: z.string(),
    /** Text read by a grammar both ends have: `formula` a per-pixel expression, `weights` a matrix. Free text without it. */
    syntax: z.enum(['formula', 'weights']).optional(),
  }),
]);
export type ParamInfo = z.infer<typeof paramInfoSchema>;

export const filterInfoSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  group: z.enum(['tone', 'blur', 'edges', 'atmosphere', 'painterly', 'geometry', 'expression']),
  label: localised,
  help: localised,
  params: z.array(paramInfoSchema),
  depth: z.array(z.union([z.literal(8), z.literal(16)])),
});
export type FilterInfo = z.infer<typeof filterInfoSchema>;

const paramValue = z.union([z.number(), z.string().max(10_000), z.boolean()]);
/** A step of a chain. Params left out take their defaults; unknown or out-of-range ones are E_PARAM (chain.ts). */
export const stepSchema = z.object({
  filter: z.string(),
  params: z.record(z.string(), paramValue),
  enabled: z.boolean(),
});
export type Step = z.infer<typeof stepSchema>;
const chainSchema = z.array(stepSchema).max(64);

// ---------------------------------------------------------------- output

export const FORMATS = ['jpeg', 'png', 'webp', 'avif', 'tiff'] as const;
export const formatSchema = z.enum(FORMATS);
export type Format = z.infer<typeof formatSchema>;
/** Kinds that can be read. */
export const SOURCE_KINDS = ['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const outputSchema = z.object({
  folder: path,
  format: z.enum(['keep', ...FORMATS]),
  quality: z.number().int().min(1).max(100),
  /** Bits a channel of the output; `keep` follows the source where the format can hold it. */
  depth: z.union([z.literal('keep'), z.literal(8), z.literal(16)]),
  /** Tokens: {name} {ext} {folder} {recipe} {date:YYYY-MM-DD} {seq:4} {width} {height} {camera} {lens} {iso}. */
  name: z.string().min(1).max(255),
  onConflict: z.enum(['skip', 'rename', 'overwrite']),
});
export type OutputSpec = z.infer<typeof outputSchema>;

// ---------------------------------------------------------------- recipes

/** Results one batch may make of a photo. */
export const MAX_VARIANTS = 32;

export const RECIPE_VERSION = 1;
/** Also a folder's name: nothing that a disk or a system could take for something else. */
export const recipeIdSchema = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);

/** A chain with a name, and how its results want to be written; a file of one says the same (recipe.ts). */
export const recipeSchema = z.object({
  version: z.literal(RECIPE_VERSION),
  id: recipeIdSchema,
  name: z.string().min(1).max(80),
  steps: chainSchema,
  /** What is left out is the batch's to say. */
  output: outputSchema.omit({ folder: true }).partial(),
});
export type Recipe = z.infer<typeof recipeSchema>;

export const recipeEntrySchema = z.object({ recipe: recipeSchema, label: localised, builtIn: z.boolean() });
export type RecipeEntry = z.infer<typeof recipeEntrySchema>;

export const recipeListSchema = z.object({
  /** Built-in ones first. */
  recipes: z.array(recipeEntrySchema),
  /** Files in the folder of recipes that are none. */
  broken: z.array(z.object({ file: z.string(), fault: faultSchema })),
});
export type RecipeList = z.infer<typeof recipeListSchema>;

// ---------------------------------------------------------------- settings

/** px; `auto`: each chain takes the tiles that cost it least. Changes speed and memory, never a pixel. */
const tileSize = z.union([z.literal('auto'), z.number().int().min(64).max(16_384)]);

export const settingsSchema = z.object({
  tileSize,
  workers: z.union([z.literal('auto'), z.number().int().min(1).max(256)]),
  memoryBytes: z.union([
    z.literal('auto'),
    z
      .number()
      .int()
      .min(128 * 2 ** 20)
      .max(2 ** 40),
  ]),
  /** Pixels of one image beyond which it is refused before it is decoded. */
  pixelLimit: z.number().int().min(1_000_000).max(20_000_000_000),
  language: z.enum(['auto', ...LANGUAGES]),
  /** What the window had last: it comes back at the next start. */
  last: z.object({
    source: path.nullable(),
    chain: chainSchema,
    output: outputSchema.partial(),
  }),
});
export type TileSize = z.infer<typeof tileSize>;
export type Settings = z.infer<typeof settingsSchema>;
export const settingsPatchSchema = settingsSchema.partial();

// ---------------------------------------------------------------- files

/** A file of an opened source, as the list shows it. `index` is its place in the source and never changes. */
export const fileEntrySchema = z.object({
  index: z.number().int().nonnegative(),
  /** Relative to the source's root, `/` between folders on every system. */
  relativePath: z.string(),
  bytes: z.number().nonnegative(),
  /** Set when the file will not be read at all (FIFO, hidden file, link out of the folder, bad name). */
  skip: faultSchema.nullable(),
});
export type FileEntry = z.infer<typeof fileEntrySchema>;

/** What the header of a file says; pixels as an upright viewer sees them. */
export const probeSchema = z.object({
  kind: z.enum(SOURCE_KINDS),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  channels: z.number().int().min(1).max(5),
  depth: z.union([z.literal(8), z.literal(16), z.literal(32)]),
  hasAlpha: z.boolean(),
  orientation: z.number().int().min(1).max(8),
  frames: z.number().int().min(1),
  colourSpace: z.string(),
  iccName: z.string().nullable(),
  hasExif: z.boolean(),
  hasXmp: z.boolean(),
  hasGps: z.boolean(),
  /** Empty unless asked for with `tags`. */
  tags: z.object({
    capturedAt: z.string().nullable(),
    camera: z.string().nullable(),
    lens: z.string().nullable(),
    iso: z.number().nullable(),
  }),
});
export type Probe = z.infer<typeof probeSchema>;

const probed = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), probe: probeSchema, notices: z.array(noticeSchema) }),
  z.object({ ok: z.literal(false), fault: faultSchema }),
]);
export type Probed = z.infer<typeof probed>;

// ---------------------------------------------------------------- batches

export const fileStatusSchema = z.enum(['done', 'failed', 'skipped', 'cancelled']);
export type FileStatus = z.infer<typeof fileStatusSchema>;

/** The one terminal record of a source in a batch. */
export const fileResultSchema = z.object({
  batchId: id,
  /** The entry's index in its source; results from paths given one by one count on from 0 in their order. */
  index: z.number().int().nonnegative(),
  source: z.string(),
  status: fileStatusSchema,
  outputs: z.array(z.string()),
  fault: faultSchema.nullable(),
  notices: z.array(noticeSchema),
  ms: z.number().nonnegative(),
});
export type FileResult = z.infer<typeof fileResultSchema>;

export const plannedSchema = z.object({ batchId: id, files: z.number().int(), pixels: z.number() });
export type Planned = z.infer<typeof plannedSchema>;
export const progressSchema = z.object({
  batchId: id,
  done: z.number().int(),
  total: z.number().int(),
  /** 0 to 1, weighted by pixels. */
  fraction: z.number(),
  megapixelsPerSecond: z.number(),
  /** A range, because one number would lie; null until something was measured. */
  secondsLeft: z.object({ low: z.number(), high: z.number() }).nullable(),
  memoryBytes: z.number(),
  budgetBytes: z.number(),
  /** Indexes of the files in work now. */
  working: z.array(z.number().int()),
});
export type Progress = z.infer<typeof progressSchema>;
export const summarySchema = z.object({
  batchId: id,
  done: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
  cancelled: z.number().int(),
  wallMs: z.number(),
  peakMemoryBytes: z.number(),
});
export type Summary = z.infer<typeof summarySchema>;

// ---------------------------------------------------------------- previews

/**
 * `fit`: the whole picture in a box; `region`: its own pixels 1:1. The picture is what the chain makes: where it resizes,
 * turns or cuts, a region is told in the result's coordinates. (Before, beside such an After, is the same chain with its
 * geometry alone.)
 */
export const viewSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fit'),
    width: z.number().int().min(16).max(8192),
    height: z.number().int().min(16).max(8192),
  }),
  z.object({
    kind: z.literal('region'),
    left: z.number().int().nonnegative(),
    top: z.number().int().nonnegative(),
    width: z.number().int().min(1).max(8192),
    height: z.number().int().min(1).max(8192),
  }),
]);
export type View = z.infer<typeof viewSchema>;

export const pictureSchema = z.object({
  /** An encoded picture a browser shows. */
  bytes,
  mime: z.string(),
  /** Pixels of this picture. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Pixels of the whole picture this is a view of: the upright source after the chain's geometry. */
  sourceWidth: z.number().int().positive(),
  sourceHeight: z.number().int().positive(),
});
export type Picture = z.infer<typeof pictureSchema>;

export const gaugeSchema = z.object({
  /** Private memory of the engine process. */
  engineBytes: z.number(),
  budgetBytes: z.number(),
  machineFreeBytes: z.number(),
  machineTotalBytes: z.number(),
  workers: z.number().int(),
});
export type Gauge = z.infer<typeof gaugeSchema>;

// ---------------------------------------------------------------- the two halves

const none = z.object({});
const request = <P extends z.ZodType, R extends z.ZodType>(params: P, result: R) => ({ params, result });
const folderEntry = z.object({ name: z.string(), path, isFolder: z.boolean() });

/** What a user interface may ask of a host. Paths are refused (E_NOT_GRANTED) unless the host handed them out. */
export const appContract = {
  requests: {
    'app.hello': request(
      none,
      z.object({
        version: z.string(),
        host: z.enum(['electron', 'serve']),
        /** Best guess of the reader's language where settings say `auto`. */
        locale: z.enum(LANGUAGES),
        capabilities: z.object({ dialogs: z.boolean(), reveal: z.boolean() }),
        /** Told once: for instance that a corrupt settings file was set aside. */
        notices: z.array(noticeSchema),
        filters: z.array(filterInfoSchema),
        settings: settingsSchema,
      }),
    ),
    'settings.set': request(settingsPatchSchema, settingsSchema),
    /** The system's own dialog; null when it was closed. E_NO_DIALOG where the host has none (browse instead). */
    'dialog.source': request(
      z.object({ kind: z.enum(['folder', 'files']) }),
      z.object({ paths: z.array(path) }).nullable(),
    ),
    'dialog.output': request(none, z.object({ path }).nullable()),
    /** For hosts without dialogs: the folders and files below an allowed root; `path: null` lists the roots. */
    'folder.list': request(
      z.object({ path: path.nullable() }),
      z.object({ path: path.nullable(), parent: path.nullable(), entries: z.array(folderEntry) }),
    ),
    /** Lists a source; its files follow as `source.files` events and end with `source.listed`. */
    'source.open': request(
      z.object({ paths: z.array(path).min(1).max(10_000), recursive: z.boolean() }),
      z.object({ sourceId: id, name: z.string(), root: z.string() }),
    ),
    'source.close': request(z.object({ sourceId: id }), none),
    'file.thumbnail': request(
      z.object({ sourceId: id, index: z.number().int(), size: z.number().int().min(16).max(1024) }),
      pictureSchema,
    ),
    'file.probe': request(z.object({ sourceId: id, index: z.number().int() }), probed),
    'preview.render': request(
      z.object({ sourceId: id, index: z.number().int(), chain: chainSchema, view: viewSchema }),
      pictureSchema,
    ),
    /** What the name template makes of this file, for the live example. */
    'output.example': request(
      z.object({
        ...{ sourceId: id, index: z.number().int(), output: outputSchema.omit({ folder: true }) },
        /** Its geometry makes {width} and {height}. */
        chain: chainSchema,
      }),
      z.object({ name: z.string() }),
    ),
    /** Proposes a folder beside the source: where results go until the photographer says otherwise. */
    'output.suggest': request(z.object({ sourceId: id }), z.object({ path })),
    'recipes.list': request(none, recipeListSchema),
    /** Under an `id` of the photographer's own it replaces that one; without, the name makes a new one. */
    'recipes.save': request(recipeSchema.omit({ version: true }).partial({ id: true }), recipeEntrySchema),
    /** Built-in ones stay. */
    'recipes.delete': request(z.object({ id: recipeIdSchema }), none),
    /** A recipe file's text; E_RECIPE where it is none. Never replaces one: an id that is taken gets a number. */
    'recipes.import': request(z.object({ text: z.string().max(2 ** 20) }), recipeEntrySchema),
    /** Writes its file into a folder that was chosen, beside what is there. */
    'recipes.export': request(z.object({ id: recipeIdSchema, folder: path }), z.object({ path })),
    /** With `recipes` these instead of the chain, each with its own output settings and its own folder in the output's. */
    'batch.start': request(
      z.object({
        sourceId: id,
        chain: chainSchema,
        output: outputSchema,
        recipes: z.array(recipeIdSchema).max(MAX_VARIANTS).optional(),
      }),
      z.object({ batchId: id }),
    ),
    'batch.cancel': request(z.object({ batchId: id }), none),
    /** Opens the system's file manager at a result; E_NO_DIALOG where the host has none. */
    'shell.reveal': request(z.object({ path }), none),
  },
  events: {
    'source.files': z.object({ sourceId: id, files: z.array(fileEntrySchema) }),
    'source.listed': z.object({ sourceId: id, files: z.number().int() }),
    'source.failed': z.object({ sourceId: id, fault: faultSchema }),
    'batch.planned': plannedSchema,
    'batch.files': z.object({ batchId: id, results: z.array(fileResultSchema) }),
    'batch.progress': progressSchema,
    'batch.summary': summarySchema,
    /** The batch as a whole could not go on (no room, output folder gone); every file has its record all the same. */
    'batch.failed': z.object({ batchId: id, fault: faultSchema }),
    'settings.changed': settingsSchema,
    'recipes.changed': recipeListSchema,
    gauge: gaugeSchema,
    notice: noticeSchema,
  },
} as const;

/** Where one result goes and as what. */
const targetSchema = z.object({
  /** The planned final path; its folder exists. No two results of a job have the same. */
  path,
  format: formatSchema,
  quality: z.number().int().min(1).max(100),
  depth: z.union([z.literal('keep'), z.literal(8), z.literal(16)]),
  onConflict: z.enum(['skip', 'rename', 'overwrite']),
});
export type Target = z.infer<typeof targetSchema>;

/** One result of a photo: a chain, and what becomes of its pixels. */
const variantSchema = z.object({ chain: chainSchema, target: targetSchema });
export type Variant = z.infer<typeof variantSchema>;

/** One image from source to published outputs: decoded once, however many there are. */
export const imageJobSchema = z.object({
  jobId: id,
  batchId: id,
  source: path,
  variants: z.array(variantSchema).min(1).max(MAX_VARIANTS),
  tileSize,
  pixelLimit: z.number().int(),
  /** What the probe said: the engine reserves memory by it before it decodes anything. */
  size: probeSchema.pick({ kind: true, width: true, height: true, channels: true, depth: true }),
});
export type ImageJob = z.infer<typeof imageJobSchema>;

const variantOutcomeSchema = z.discriminatedUnion('kind', [
  /** Where it was published; differs from the plan when a file appeared there meanwhile and the rule is `rename`. */
  z.object({ kind: z.literal('done'), output: z.string() }),
  /** The target appeared meanwhile and the rule is `skip`. */
  z.object({ kind: z.literal('skipped') }),
  /** The others' results stay. */
  z.object({ kind: z.literal('failed'), fault: faultSchema }),
]);
export type VariantOutcome = z.infer<typeof variantOutcomeSchema>;

export const imageOutcomeSchema = z.object({
  /** One a variant, in the job's order. */
  variants: z.array(variantOutcomeSchema),
  notices: z.array(noticeSchema),
  ms: z.number(),
});
export type ImageOutcome = z.infer<typeof imageOutcomeSchema>;

/** What a host asks of the engine. The engine holds nothing that matters and may be killed at any moment. */
export const engineContract = {
  requests: {
    'engine.configure': request(z.object({ workers: z.number().int().min(1).max(256), memoryBytes: z.number() }), none),
    'engine.filters': request(none, z.object({ filters: z.array(filterInfoSchema) })),
    'engine.codecs': request(
      none,
      z.object({
        versions: z.record(z.string(), z.string()),
        reads: z.array(z.string()),
        writes: z.array(z.string()),
        simd: z.boolean(),
      }),
    ),
    /** Headers only; one answer a path, in order. */
    'image.probe': request(
      z.object({ paths: z.array(path).max(1000), pixelLimit: z.number(), tags: z.boolean() }),
      z.object({ probes: z.array(probed) }),
    ),
    'image.process': request(imageJobSchema, imageOutcomeSchema),
    /**
     * Asks jobs to stop. Each `image.process` still answers for itself (E_CANCELLED, or done if it was past the point),
     * and by then its temporary file is gone; a caller that merely dropped the request could not know that.
     */
    'image.cancel': request(z.object({ jobIds: z.array(id) }), none),
    'image.thumbnail': request(z.object({ path, size: z.number().int(), pixelLimit: z.number() }), pictureSchema),
    'image.preview': request(
      z.object({ path, chain: chainSchema, view: viewSchema, tileSize, pixelLimit: z.number() }),
      pictureSchema,
    ),
  },
  events: {
    /** A job got its memory and a thread: from here its time counts. */
    'image.started': z.object({ batchId: id, jobId: id }),
    /** A result has its name. Told at once, so that an engine that dies before the job's answer leaves none made twice. */
    'image.published': z.object({ batchId: id, jobId: id, planned: path, output: path }),
    'engine.memory': z.object({ privateBytes: z.number(), rssBytes: z.number() }),
  },
} as const;

// ---------------------------------------------------------------- types of the two ends

export interface Contract {
  readonly requests: Readonly<Record<string, { params: z.ZodType; result: z.ZodType }>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}
export type AppContract = typeof appContract;
export type EngineContract = typeof engineContract;
export type Method<C extends Contract> = keyof C['requests'] & string;
export type EventName<C extends Contract> = keyof C['events'] & string;
export type Params<C extends Contract, M extends Method<C>> = z.infer<C['requests'][M]['params']>;
export type Result<C extends Contract, M extends Method<C>> = z.infer<C['requests'][M]['result']>;
export type Payload<C extends Contract, E extends EventName<C>> = z.infer<C['events'][E]>;
