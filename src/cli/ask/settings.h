/* settings.h: what the user asked for, and the one table of parameters.
 *
 * A parameter is an option of the command line, a key of the configuration, or
 * both; its line in the table (params.c) holds everything that is known of it:
 * names, type, target and the sentence of help. Ranges and defaults are the
 * library's. */
#ifndef TSL_CLI_ASK_SETTINGS_H
#define TSL_CLI_ASK_SETTINGS_H

#include <tesela/tesela.h>

typedef struct cli_list {
    const char **item;
    size_t count;
} cli_list;

/* What is asked of one input table. */
typedef struct cli_table {
    cli_list files;
    tsl_role_map *role;
    size_t role_count;
    tsl_column_rule *rule;
    size_t rule_count;
    tsl_lookup *lookup;
    size_t lookup_count;
    int delimiter, header, dates, decimal, encoding; /* as in tsl_table_options */
    const char *sheet;
    int fill_merged;
    int reject_orphans;
    const char *where;
} cli_table;

/* Numbers that rise; they grow in the arena. */
typedef struct cli_rising {
    double *item;
    size_t count;
} cli_rising;

/* How RFM scores are cut, and what segments they give. */
typedef struct cli_rfm {
    tsl_rfm_options options;
    cli_rising cut[3]; /* thresholds of recency, frequency, monetary, which go to the options */
    const char *map;   /* "default", "none", or a file; NULL: as it comes */
} cli_rfm;

/* What becomes of a kind of findings, as the configuration says. */
typedef struct cli_gate {
    const char *kind;
    int action; /* tsl_gate_action */
} cli_gate;

/* What a field of a file for a CRM is called. */
typedef struct cli_header {
    const char *field, *name;
} cli_header;

typedef enum cli_command {
    CLI_RUN,
    CLI_CHECK,
    CLI_FEATURES,
    CLI_CLUSTER,
    CLI_LABEL,
    CLI_ASSIGN,
    CLI_EVALUATE,
    CLI_COMPARE,
    CLI_VALUE,
    CLI_EXPORT,
    CLI_EXPLAIN,
    CLI_REPORT,
    CLI_INSPECT,
    CLI_SYNTH,
    CLI_COMMANDS
} cli_command;

typedef enum cli_progress_mode { CLI_PROGRESS_AUTO, CLI_PROGRESS_ALWAYS, CLI_PROGRESS_NEVER } cli_progress_mode;

#define CLI_PARAMS_MAX 256
#define CLI_WARN_ALL (-1) /* --warnings all */

typedef enum cli_source { CLI_DEFAULT, CLI_CONFIG, CLI_LINE } cli_source;

/* Where a key of the configuration stands, or what is in a list or has a name. */
typedef struct cli_key_place {
    const char *said;  /* as messages have it: the path, "cluster.include.age", "feature spend.filter" */
    const char *path;  /* "tiers.value", "cluster.include", "features.lines" */
    const char *where; /* "shop.yaml:12:13"; NULL: on the command line */
} cli_key_place;

typedef struct cli_settings {
    cli_command command;
    cli_key_place *key_place; /* each key that was read */
    size_t key_place_count;
    cli_list input; /* arguments that are no options */
    cli_table table[TSL_TABLE_KINDS];
    cli_table any; /* --delimiter, --header, --dates, --encoding, --sheet, ...: for every table */
    const char *config, *output, *rejects, *labels, *features_file, *id, *lang, *like, *model, *init, *weight, *basis,
        *customer, *previous, *explain;
    const char *anchors; /* "typical", "none", or a file; NULL: as it comes */
    const char *data, *judged, *truth, *label_column, *truth_column, *noise; /* evaluate */
    const char *treated, *control, *treatment, *treated_value;               /* compare */
    int judged_scale;
    const char *map, *since, *object, *id_column; /* export */
    int crm;                                      /* likewise: tsl_crm */
    cli_header *header;
    size_t header_count;
    cli_list left_out, no_change; /* likewise: fields */
    cli_gate *gate; /* as the configuration says; the command line says gates, "orphans=refuse"; both go to tables */
    size_t gate_count;
    cli_list gates;
    tsl_currency_rate *rate; /* as the configuration says; the command line says rates, "USD=0.92", in their place */
    size_t rate_count;
    cli_list rates;
    cli_list untold;          /* check: why a run would not take the files, which it looks at nevertheless: */
    tsl_table_kind looked_at; /* the last of them as this table */
    cli_list ignore, include, exclude, refit_parts, outcome, select;
    tsl_basis named_basis; /* the first part of basis; the others are in include */
    int32_t as_of, until;
    int json, quiet, progress, force;
    const char *json_file, *html, *write_config; /* check */
    int show_values;
    int warnings; /* inspect: how many; 0: none are asked for */
    int advise;   /* label: where tiers could be cut */
    int no_value_models;
    const char *histories;               /* value */
    int unit;                            /* tsl_time_unit */
    tsl_valuation_options valuation;     /* of which models and numbers are asked for */
    cli_list covariates;                 /* likewise */
    int by_tree;                         /* segments are the leaves of a tree of the target */
    int evidence;                        /* as in tsl_run_options */
    int apart;                           /* tsl_apart */
    unsigned refit;                      /* of refit_parts */
    tsl_exec exec;                       /* threads, memory */
    tsl_table_options tables;            /* what is asked of all of them */
    const char *pseudonymise, *suppress; /* the file of a key, or "fd:3"; a file of ids */
    tsl_feature_options features;
    tsl_kmeans_options kmeans;
    tsl_quality_options quality;
    tsl_tree_options tree;
    tsl_label_options label;
    tsl_rule_class *rule; /* rule sets of the configuration; of which rule_sets names some, or those of the library */
    size_t rule_count;
    cli_list rule_sets;
    tsl_strategy *strategy; /* rows of the configuration */
    size_t strategy_count;
    const char *strategies; /* "default", "none", or a file; NULL: as it comes */
    cli_rfm rfm;
    int check_rules;              /* label: nothing is written */
    const char *write_strategies; /* likewise: the table as a file */
    const char *brand;            /* a file; NULL: none */
    tsl_report_options report;
    tsl_label_options configured; /* label as the configuration has it, without the command line */
    tsl_rules_options rules;
    tsl_run_options run; /* of which only numbers are asked for */
    tsl_next_options next;
    tsl_scenario_options scenario;       /* synth; its sizes and seed are also those of dirty tables */
    cli_list shares;                     /* "stray_quote=1%", of dirty tables */
    tsl_evaluation_options evaluation;   /* likewise */
    unsigned char given[CLI_PARAMS_MAX]; /* cli_source of each parameter */
} cli_settings;

typedef enum cli_type {
    CLI_FLAG,    /* int, 1 where the option stands */
    CLI_INT,     /* int */
    CLI_DAYS,    /* int: days; also "13w", "3m", "1y" */
    CLI_SIZE,    /* size_t */
    CLI_SEED,    /* uint64_t */
    CLI_BYTES,   /* size_t, "256M", "4G"; 0: none is set */
    CLI_NUMBER,  /* double */
    CLI_SHARE,   /* double, 0 to 1, also "10%" */
    CLI_NUMBERS, /* `detail` doubles */
    CLI_SHARES,  /* `detail` doubles, each a share */
    CLI_DAY,     /* int32_t */
    CLI_TEXT,    /* const char * */
    CLI_PATH,    /* const char *; in a configuration relative to its folder; but a choice's name, where there are any */
    CLI_WORD,    /* const char *, one of the choices */
    CLI_CHOICE,  /* int, the value of one of the choices */
    CLI_LIST,    /* cli_list; "a,b" on the command line, repeatable */
    CLI_FILES,   /* cli_list; several arguments, repeatable */
    CLI_TIERS,   /* the label options' method with what it goes by: "revenue:50%,20%,15%,10%", "breaks:3" */
    CLI_TIER_SHARES, /* of the label options: any number of shares */
    CLI_WEIGHTS,     /* configuration: a mapping of names to numbers other than 0, of a score's part */
    CLI_TIER_CUTS,   /* likewise of cuts, falling: 50000, or >50000 for what is over it */
    CLI_RFM,         /* a cli_rfm but for its map: "rank:4,nested", "thresholds:30,90/2,5/100,500" */
    CLI_RISING,      /* a cli_rising */
    CLI_ROLE,        /* a column or expression for role `detail` of the cli_table at the offset */
    CLI_CONDITION,   /* configuration: an expression, or a mapping of columns to the values that they must have */
    CLI_RECORDS,     /* configuration: a list of records */
    CLI_NAMED        /* configuration: name -> record */
} cli_type;

typedef struct cli_choice {
    const char *name;
    int value;
    int hidden; /* accepted, but not named in the help */
} cli_choice;

typedef enum cli_section {
    CLI_INPUT,
    CLI_COLUMNS,
    CLI_TIME,
    CLI_VECTORS,
    CLI_CLUSTERS,
    CLI_LABELS,
    CLI_MADE,
    CLI_OUTPUT,
    CLI_GENERAL,
    CLI_SECTIONS
} cli_section;

enum { CLI_KEPT = 1, CLI_KEPT_DATA = 2 };

#define CLI_ON(command) (1U << (command))
#define CLI_EVERYWHERE ((1U << CLI_COMMANDS) - 1U)

typedef struct cli_param cli_param;

/* The fields of the records of a CLI_RECORDS or CLI_NAMED parameter. */
typedef struct cli_record {
    const cli_param *field;
    size_t field_count, size;
    const void *defaults; /* a record as it starts */
    size_t name, count;   /* offsets: of the name in a record (CLI_NAMED); of the number of records in the settings */
    int spread;           /* 1: a text in place of a record (CLI_NAMED) is that of each of its fields */
    /* Not NULL: under a name (CLI_NAMED) stands a list of records, or "default", which is what the library has of this
       name; "default" in place of all is all that it has. */
    const void *(*bundled)(const char *name, size_t *count);
    const char *(*get_bundled)(size_t index);
    const char *label; /* how the help names one: ".HEADER", "[]" */
    const char *said;  /* "feature": what errors that are seen later call one, before its name, the first field */
    /* What a record cannot be, or NULL; a message that begins with a field's key and a colon is shown at its value. */
    tsl_status (*check)(const void *record, tsl_error *err);
} cli_record;

struct cli_param {
    const char *option;   /* "k-min"; NULL: configuration only */
    const char *argument; /* "N" */
    const char *key;      /* "cluster.k_min"; NULL: command line only */
    const char *unset;    /* what happens without it, where the value does not say it */
    const char *help;     /* a sentence without a full stop */
    size_t offset;        /* of the target in cli_settings, or in the record */
    size_t
        place; /* of a record's text: offset of the text that says where it stands, "shop.yaml:12:13"; 0: none does */
    size_t valued;             /* of a flag that may have a value (--json=FILE): of that text in cli_settings, which is
                                  set in the stead of the flag; or 0 */
    const cli_choice *choices; /* ended by a NULL name */
    const cli_record *record;
    unsigned commands; /* CLI_ON(...) of those that take the option */
    cli_section section;
    cli_type type;
    int detail; /* how many numbers; the role; 1: a record's text that must be there, a list that one text may stand
                   for, records of which there must be one; of a choice: whole numbers from this one on may stand for
                   themselves, 0: none */
    int kept;   /* CLI_KEPT: can change model.h5 and is kept there; CLI_KEPT_DATA: if made of plain data */
};

/* 1 where the text is the name of one of the parameter's choices. */
int cli_choice_has(const cli_param *param, const char *text);

/* The table. */
size_t cli_params_get_count(void);
const cli_param *cli_params_get(size_t i);
const cli_param *cli_params_get_option(const char *option); /* or NULL */
const cli_param *cli_params_get_key(const char *key);       /* or NULL */
const char *cli_section_get_title(cli_section section);

void cli_settings_defaults(cli_settings *set);
/* Whether, and by whom, the parameter with this option or key was given. */
cli_source cli_settings_get_source(const cli_settings *set, const char *name);
/* For errors that are seen later. */
void cli_key_place_add(cli_settings *set, const char *said, const char *path, const char *where);
/* Adds a text to a list. */
void cli_list_add(cli_list *list, const char *text);
/* Parses text into the parameter's target in base. The message tells what was
 * seen and expected, without the place: the caller puts it in front. */
TSL_FALLIBLE tsl_status cli_value_read(const cli_param *param, void *base, const char *text, tsl_error *err);
/* The value in base as text (from the pool), "" where there is none to show. */
const char *cli_value_get_text(const cli_param *param, const void *base);
/* The same as JSON, null where nothing is set, NULL of records and roles; records as they stand in a configuration. */
struct json_t *cli_value_build_json(const cli_param *param, const void *base);
struct json_t *cli_records_build_json(const cli_param *param, const cli_settings *set);
/* The range of a number, which the library knows of its field; NULL: any, or no
 * number. What stands for "not given" there is not taken. */
const tsl_option_range *cli_range_get(const cli_param *param);
/* "1 to 100", "z, minmax or robust", ... or "". */
const char *cli_range_get_text(const cli_param *param);
/* "a whole number, 1 to 100", "a date, YYYY-MM-DD", ... */
const char *cli_type_get_text(const cli_param *param);
/* 1 where a model that is given has settled what the parameter says: how features
 * are made, clusters found and customers labelled, unless that is fitted anew. */
int cli_settings_is_settled(const cli_settings *set, const cli_param *param);
/* What cannot hold together: k_min above k_max, shares over 1, ... */
TSL_FALLIBLE tsl_status cli_settings_check(cli_settings *set, tsl_error *err);
/* TSL_E_OPTION where customers are ranked by another value than that which fixed cuts are of: those of `origin`. */
TSL_FALLIBLE tsl_status cli_cuts_check(const cli_settings *set, const char *origin, const char *of, tsl_error *err);
/* 1 where an output is standard output ("-"), where nothing else may stand then. */
int cli_settings_is_piped(const cli_settings *set);
/* TSL_E_OPTION where an output is an input, or another output, or standard output has two. */
TSL_FALLIBLE tsl_status cli_paths_check(const cli_settings *set, tsl_error *err);

/* A JSON object of parameters, from the pool: every one that the command takes and
 * no model has settled (0), those kept in a model (CLI_KEPT), or in one of plain
 * data (CLI_KEPT_DATA). */
const char *cli_settings_get_json(const cli_settings *set, int kept);

#endif
