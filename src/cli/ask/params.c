/* params.c: the table of parameters: every option of the command line and
 * every key of the configuration is one line here. */
#include "cli/ask/settings.h"

#include <stddef.h>
#include <string.h>

#define AT(field) .offset = offsetof(cli_settings, field)
#define COUNT(array) (sizeof(array) / sizeof *(array))

enum {
    TABLES = CLI_ON(CLI_RUN) | CLI_ON(CLI_FEATURES),
    SWEEP = CLI_ON(CLI_RUN) | CLI_ON(CLI_CLUSTER),
    DATA = CLI_ON(CLI_CLUSTER) | CLI_ON(CLI_ASSIGN),
    JUDGED = CLI_ON(CLI_EVALUATE),
    TIERS = CLI_ON(CLI_RUN) | CLI_ON(CLI_CLUSTER) | CLI_ON(CLI_LABEL),
    APPLY = CLI_ON(CLI_RUN) | CLI_ON(CLI_LABEL),
    WRITERS = TABLES | SWEEP | TIERS | DATA | CLI_ON(CLI_EXPLAIN) | CLI_ON(CLI_REPORT),
    WORKERS = TABLES | SWEEP | TIERS | DATA | JUDGED | CLI_ON(CLI_EXPLAIN)
};

/* ---- Choices ------------------------------------------------------------- */

static const cli_choice delimiters[] = {{"comma", ',', 0}, {"semicolon", ';', 0}, {"tab", '\t', 0}, {"pipe", '|', 0},
                                        {",", ',', 1},     {";", ';', 1},         {"\t", '\t', 1},  {"\\t", '\t', 1},
                                        {"|", '|', 1},     {NULL, 0, 0}};
/* As tsl_encoding_get_name has them, and what they are called besides. */
static const cli_choice encodings[] = {{"utf-8", TSL_ENCODING_UTF8, 0},
                                       {"gb18030", TSL_ENCODING_GB18030, 0},
                                       {"windows-1252", TSL_ENCODING_WINDOWS1252, 0},
                                       {"utf-16le", TSL_ENCODING_UTF16LE, 0},
                                       {"utf-16be", TSL_ENCODING_UTF16BE, 0},
                                       {"utf8", TSL_ENCODING_UTF8, 1},
                                       {"gbk", TSL_ENCODING_GB18030, 1},
                                       {"gb2312", TSL_ENCODING_GB18030, 1},
                                       {"cp936", TSL_ENCODING_GB18030, 1},
                                       {"cp1252", TSL_ENCODING_WINDOWS1252, 1},
                                       {"latin-1", TSL_ENCODING_WINDOWS1252, 1},
                                       {"iso-8859-1", TSL_ENCODING_WINDOWS1252, 1},
                                       {NULL, 0, 0}};
static const cli_choice yes_no[] = {{"yes", 1, 0}, {"no", 0, 0}, {"true", 1, 1}, {"false", 0, 1}, {NULL, 0, 0}};
static const cli_choice date_orders[] = {
    {"ymd", TSL_DATES_YMD, 0}, {"mdy", TSL_DATES_MDY, 0}, {"dmy", TSL_DATES_DMY, 0}, {NULL, 0, 0}};
static const cli_choice decimal_marks[] = {
    {"point", TSL_DECIMAL_POINT, 0}, {"comma", TSL_DECIMAL_COMMA, 0}, {NULL, 0, 0}};
static const cli_choice orphans[] = {{"keep", 0, 0}, {"reject", 1, 0}, {NULL, 0, 0}};
static const cli_choice types[] = {{"number", TSL_TYPE_NUMBER, 0},
                                   {"category", TSL_TYPE_CATEGORY, 0},
                                   {"ordinal", TSL_TYPE_ORDINAL, 0},
                                   {"boolean", TSL_TYPE_BOOLEAN, 0},
                                   {"date", TSL_TYPE_DATE, 0},
                                   {"date_of_birth", TSL_TYPE_BIRTH, 0},
                                   {NULL, 0, 0}};
static const cli_choice groups[] = {
    {"demographic", TSL_DEMOGRAPHIC, 0}, {"behavioral", TSL_BEHAVIORAL, 0}, {"value", TSL_VALUE, 0}, {NULL, 0, 0}};
static const cli_choice scales[] = {{"z", TSL_SCALE_Z, 0},
                                    {"minmax", TSL_SCALE_MINMAX, 0},
                                    {"robust", TSL_SCALE_ROBUST, 0},
                                    {"none", TSL_SCALE_NONE, 0},
                                    {NULL, 0, 0}};
static const cli_choice apart[] = {
    {"none", TSL_APART_NONE, 0}, {"potential", TSL_APART_POTENTIAL, 0}, {"once", TSL_APART_ONCE, 0}, {NULL, 0, 0}};
/* Any other text is a file. */
static const cli_choice anchors[] = {{"typical", TSL_ANCHORS_TYPICAL, 0}, {"none", TSL_ANCHORS_NONE, 0}, {NULL, 0, 0}};
static const cli_choice evidence[] = {{"full", 2, 0}, {"none", 0, 0}, {NULL, 0, 0}};
static const cli_choice methods[] = {{"kmeans", 0, 0}, {"tree", 1, 0}, {NULL, 0, 0}};
static const cli_choice descriptors[] = {
    {"cart", 1 + TSL_DESCRIPTOR_CART, 0}, {"chaid", 1 + TSL_DESCRIPTOR_CHAID, 0}, {"none", 0, 0}, {NULL, 0, 0}};
static const cli_choice tier_methods[] = {
    {"quantile", TSL_TIER_QUANTILE, 0}, {"revenue", TSL_TIER_REVENUE, 0}, {"cuts", TSL_TIER_CUTS, 0}, {NULL, 0, 0}};
/* As tsl_refit_get_name has them. */
static const cli_choice refit_parts[] = {{"tiers", TSL_REFIT_TIERS, 0},
                                         {"rfm", TSL_REFIT_RFM, 0},
                                         {"lifecycle", TSL_REFIT_LIFECYCLE, 0},
                                         {"names", TSL_REFIT_NAMES, 0},
                                         {NULL, 0, 0}};
static const cli_choice tree_methods[] = {
    {"greedy", TSL_TREE_GREEDY, 0}, {"imm", TSL_TREE_IMM, 0}, {"shallow", TSL_TREE_SHALLOW, 0}, {NULL, 0, 0}};
/* As tsl_rules_format_get_name and tsl_sql_dialect_get_name have them. */
static const cli_choice rules_formats[] = {{"text", TSL_RULES_TEXT, 0}, {"sql", TSL_RULES_SQL, 0},
                                           {"json", TSL_RULES_JSON, 0}, {"pmml", TSL_RULES_PMML, 0},
                                           {"svg", TSL_RULES_SVG, 0},   {NULL, 0, 0}};
static const cli_choice dialects[] = {{"postgresql", TSL_SQL_POSTGRESQL, 0},
                                      {"duckdb", TSL_SQL_DUCKDB, 0},
                                      {"sqlite", TSL_SQL_SQLITE, 0},
                                      {"bigquery", TSL_SQL_BIGQUERY, 0},
                                      {NULL, 0, 0}};
static const cli_choice gate_actions[] = {
    {"note", TSL_GATE_NOTE, 0}, {"ignore", TSL_GATE_IGNORE, 0}, {"refuse", TSL_GATE_REFUSE, 0}, {NULL, 0, 0}};
static const cli_choice languages[] = {{"zh", 0, 0}, {"en", 0, 0}, {NULL, 0, 0}};
static const cli_choice progress_modes[] = {
    {"auto", CLI_PROGRESS_AUTO, 0}, {"always", CLI_PROGRESS_ALWAYS, 0}, {"never", CLI_PROGRESS_NEVER, 0}, {NULL, 0, 0}};

/* ---- Records of the configuration ---------------------------------------- */

#define IN_RULE(field) .offset = offsetof(tsl_column_rule, field)
static const cli_param rule_fields[] = {
    {.key = "type",
     .type = CLI_CHOICE,
     .choices = types,
     IN_RULE(type),
     .unset = "found out",
     .help = "what the column holds"},
    {.key = "group",
     .type = CLI_CHOICE,
     .choices = groups,
     IN_RULE(group),
     .unset = "by the column's name",
     .help = "the vector that the column belongs to"},
    {.key = "order",
     .type = CLI_LIST,
     IN_RULE(levels),
     .unset = "none",
     .help = "the values of an ordinal column, from low to high"},
    {.key = "missing",
     .type = CLI_LIST,
     IN_RULE(missing),
     .unset = "none",
     .help = "further texts that mean that the value is missing"},
    {.key = "sensitive",
     .type = CLI_CHOICE,
     .choices = yes_no,
     IN_RULE(sensitive),
     .help = "yes: described, but left out of the clusters, rules and names"},
    {.key = "ignore", .type = CLI_CHOICE, .choices = yes_no, IN_RULE(ignore), .help = "yes: left out altogether"},
};
_Static_assert(offsetof(tsl_column_rule, level_count) - offsetof(tsl_column_rule, levels) == offsetof(cli_list, count),
               "a rule's levels lie like a list");
_Static_assert(offsetof(tsl_column_rule, missing_count) - offsetof(tsl_column_rule, missing) ==
                   offsetof(cli_list, count),
               "a rule's missing texts lie like a list");
static const tsl_column_rule rule_defaults = {.type = TSL_TYPE_AUTO, .group = TSL_GROUP_AUTO};
static const cli_record rule_record = {.field = rule_fields,
                                       .defaults = &rule_defaults,
                                       .field_count = COUNT(rule_fields),
                                       .size = sizeof(tsl_column_rule),
                                       .name = offsetof(tsl_column_rule, name),
                                       .count = offsetof(cli_settings, table[TSL_CUSTOMERS].rule_count),
                                       .label = ".HEADER"};

#define IN_NAME(lang) .offset = offsetof(tsl_segment_name, names[lang])
static const cli_param name_fields[] = {
    {.key = "en", .type = CLI_TEXT, IN_NAME(0), .unset = "as found", .help = "the name in English"},
    {.key = "zh", .type = CLI_TEXT, IN_NAME(1), .unset = "as found", .help = "the name in Chinese"},
};
static const tsl_segment_name name_defaults = {NULL, {NULL}};
static const cli_record name_record = {.field = name_fields,
                                       .defaults = &name_defaults,
                                       .field_count = COUNT(name_fields),
                                       .size = sizeof(tsl_segment_name),
                                       .name = offsetof(tsl_segment_name, segment),
                                       .count = offsetof(cli_settings, label.name_count),
                                       .spread = 1,
                                       .label = ".SEGMENT"};

static const cli_param gate_fields[] = {
    {.key = "action",
     .type = CLI_CHOICE,
     .choices = gate_actions,
     .offset = offsetof(cli_gate, action),
     .help = "note: say it; ignore: do not; refuse: end without a result"},
};
static const cli_gate gate_defaults = {NULL, TSL_GATE_NOTE};
static tsl_status check_gate(const void *record, tsl_error *err)
{
    const cli_gate *gate = record;
    tsl_finding_kind kind;
    return tsl_finding_kind_read(gate->kind, &kind, err);
}
static const cli_record gate_record = {.field = gate_fields,
                                       .defaults = &gate_defaults,
                                       .field_count = COUNT(gate_fields),
                                       .size = sizeof(cli_gate),
                                       .name = offsetof(cli_gate, kind),
                                       .count = offsetof(cli_settings, gate_count),
                                       .spread = 1,
                                       .label = ".KIND",
                                       .check = check_gate};

#define IN_LOOKUP(field) .offset = offsetof(tsl_lookup, field)
static const cli_param lookup_fields[] = {
    {.key = "file",
     .type = CLI_PATH,
     IN_LOOKUP(source.path),
     .detail = 1,
     .unset = "required",
     .help = "a CSV file whose columns can then be used like the table's own"},
    {.key = "key",
     .type = CLI_TEXT,
     IN_LOOKUP(key),
     .detail = 1,
     .unset = "required",
     .help = "the table's column to look up by"},
    {.key = "file_key",
     .type = CLI_TEXT,
     IN_LOOKUP(file_key),
     .unset = "as key",
     .help = "the file's column that holds the key"},
};
static const tsl_lookup lookup_defaults = {{NULL, NULL, 0}, NULL, NULL};
#define LOOKUPS(kind)                                                                                                  \
    static const cli_record kind##_lookups = {.field = lookup_fields,                                                  \
                                              .defaults = &lookup_defaults,                                            \
                                              .field_count = COUNT(lookup_fields),                                     \
                                              .size = sizeof(tsl_lookup),                                              \
                                              .count = offsetof(cli_settings, table[kind].lookup_count),               \
                                              .label = "[]"}
LOOKUPS(TSL_TRANSACTIONS);
LOOKUPS(TSL_CUSTOMERS);
LOOKUPS(TSL_INTERACTIONS);

#define IN_LINE(field) .offset = offsetof(tsl_feature_line, field)
static const cli_param line_fields[] = {
    {.key = "name", .type = CLI_TEXT, IN_LINE(name), .detail = 1, .unset = "required", .help = "what it is called"},
    {.key = "group",
     .type = CLI_TEXT,
     IN_LINE(group),
     .unset = "behavioral",
     .help = "the vector that it belongs to: behavioral or value"},
    {.key = "unit",
     .type = CLI_TEXT,
     IN_LINE(unit),
     .unset = "as the aggregate has it",
     .help = "what it is counted in"},
    {.key = "level",
     .type = CLI_TEXT,
     IN_LINE(level),
     .detail = 1,
     .unset = "required",
     .help = "the records: lines, purchase_lines, purchases, days or interactions"},
    {.key = "aggregate",
     .type = CLI_TEXT,
     IN_LINE(aggregate),
     .detail = 1,
     .unset = "required",
     .help =
         "count, sum, mean, min, max, sd, first, last, distinct, share, rate, gap_mean, gap_sd, gap_median, gap_max, "
         "since_first, since_last, slope or entropy"},
    {.key = "source",
     .type = CLI_TEXT,
     IN_LINE(source),
     .unset = "the records themselves",
     .help = "what is aggregated: amount, margin, quantity, ..., a column, or an expression"},
    {.key = "filter",
     .type = CLI_CONDITION,
     IN_LINE(filter),
     .unset = "all records",
     .help = "the records that count: a condition, or columns and their values: {Category: Grocery}"},
    {.key = "window",
     .type = CLI_TEXT,
     IN_LINE(window),
     .unset = "all",
     .help = "all, N days, N months, previous N days or previous N months"},
    {.key = "transform",
     .type = CLI_TEXT,
     IN_LINE(transform),
     .unset = "identity",
     .help = "in the vectors: identity, log1p or signed_log1p"},
    {.key = "definition",
     .type = CLI_TEXT,
     IN_LINE(definition),
     .unset = "made of the others",
     .help = "what it means, in a sentence"},
    {.key = "profile",
     .type = CLI_CHOICE,
     .choices = yes_no,
     IN_LINE(profile),
     .help = "yes: it describes, and is in no vector unless it is included"},
};
static const tsl_feature_line line_defaults = {.profile = 0};
static tsl_status check_line(const void *record, tsl_error *err)
{
    return tsl_feature_line_check(record, err);
}
static const cli_record line_record = {.field = line_fields,
                                       .defaults = &line_defaults,
                                       .field_count = COUNT(line_fields),
                                       .size = sizeof(tsl_feature_line),
                                       .count = offsetof(cli_settings, features.line_count),
                                       .label = "[]",
                                       .check = check_line};

/* ---- The table ------------------------------------------------------------ */

/* A role of a table, as key and as option; the library knows the option by the role and the table, too. */
#define ROLE(kind, in, key_, option_, role_, help_)                                                                    \
    {                                                                                                                  \
        .option = (option_), .argument = "COLUMN", .key = (key_), .commands = (in), .section = CLI_COLUMNS,            \
        .type = CLI_ROLE, AT(table[kind]), .detail = (role_), .unset = "recognised by its name", .help = (help_)       \
    }
#define BOUGHT(word, role, help) ROLE(TSL_TRANSACTIONS, TABLES | JUDGED, "transactions.columns." word, word, role, help)
#define DONE(word, role, help)                                                                                         \
    ROLE(TSL_INTERACTIONS, TABLES, "interactions.columns." word, "interaction-" word, role, help)
#define KNOWN(word, role, help) ROLE(TSL_CUSTOMERS, TABLES, "customers." word, "customer-" word, role, help)
#define WHERE(kind, in, word, option_)                                                                                 \
    {                                                                                                                  \
        .option = (option_), .argument = "CONDITION", .key = word ".where", .commands = (in), .section = CLI_COLUMNS,  \
        .type = CLI_TEXT, AT(table[kind].where), .unset = "all rows",                                                  \
        .help = "rows of the " word " for which it does not hold are left out: \"status != 'Cancelled'\""              \
    }
#define TABLE_KEYS(kind, word)                                                                                         \
    {.key = word ".delimiter",                                                                                         \
     .section = CLI_INPUT,                                                                                             \
     .type = CLI_CHOICE,                                                                                               \
     .choices = delimiters,                                                                                            \
     AT(table[kind].delimiter),                                                                                        \
     .unset = "recognised",                                                                                            \
     .help = "what separates the fields of the " word},                                                                \
        {.key = word ".header",                                                                                        \
         .section = CLI_INPUT,                                                                                         \
         .type = CLI_CHOICE,                                                                                           \
         .choices = yes_no,                                                                                            \
         AT(table[kind].header),                                                                                       \
         .unset = "recognised",                                                                                        \
         .help = "whether the first line names the columns (no: c1, c2, ...)"},                                        \
        {.key = word ".dates",                                                                                         \
         .section = CLI_INPUT,                                                                                         \
         .type = CLI_CHOICE,                                                                                           \
         .choices = date_orders,                                                                                       \
         AT(table[kind].dates),                                                                                        \
         .unset = "proven by the column, or refused",                                                                  \
         .help = "the order of day, month and year in a date"},                                                        \
        {.key = word ".encoding",                                                                                      \
         .section = CLI_INPUT,                                                                                         \
         .type = CLI_CHOICE,                                                                                           \
         .choices = encodings,                                                                                         \
         AT(table[kind].encoding),                                                                                     \
         .unset = "found out",                                                                                         \
         .help = "how the bytes of the " word " stand for characters"},                                                \
        {.key = word ".sheet",                                                                                         \
         .section = CLI_INPUT,                                                                                         \
         .type = CLI_TEXT,                                                                                             \
         AT(table[kind].sheet),                                                                                        \
         .unset = "the first",                                                                                         \
         .help = "the sheet of a workbook that holds the " word},                                                      \
        {.key = word ".fill_merged",                                                                                   \
         .section = CLI_INPUT,                                                                                         \
         .type = CLI_CHOICE,                                                                                           \
         .choices = yes_no,                                                                                            \
         AT(table[kind].fill_merged),                                                                                  \
         .help = "yes: what merged cells of a workbook show stands in each of their rows"},                            \
        {.key = word ".decimal",                                                                                       \
         .section = CLI_INPUT,                                                                                         \
         .type = CLI_CHOICE,                                                                                           \
         .choices = decimal_marks,                                                                                     \
         AT(table[kind].decimal),                                                                                      \
         .unset = "proven by the column, or refused",                                                                  \
         .help = "the decimal mark of numbers: is 1.250 one and a quarter, or 1250"},                                  \
    {                                                                                                                  \
        .key = word ".lookups", .section = CLI_INPUT, .type = CLI_RECORDS, .record = &kind##_lookups,                  \
        AT(table[kind].lookup), .unset = "none", .help = "files to look values up in, by key"                          \
    }

static const cli_param params[] = {
    {.option = "transactions",
     .argument = "FILE...",
     .commands = TABLES | JUDGED,
     .section = CLI_INPUT,
     .type = CLI_FILES,
     AT(table[TSL_TRANSACTIONS].files),
     .unset = "none",
     .help = "order lines: customer, date, amount, and what else there is"},
    {.option = "customers",
     .argument = "FILE...",
     .commands = TABLES,
     .section = CLI_INPUT,
     .type = CLI_FILES,
     AT(table[TSL_CUSTOMERS].files),
     .unset = "none",
     .help = "one row a customer"},
    {.option = "interactions",
     .argument = "FILE...",
     .commands = TABLES,
     .section = CLI_INPUT,
     .type = CLI_FILES,
     AT(table[TSL_INTERACTIONS].files),
     .unset = "none",
     .help = "visits, contacts, complaints, scores"},
    {.option = "data",
     .argument = "FILE",
     .commands = JUDGED,
     .section = CLI_INPUT,
     .type = CLI_TEXT,
     AT(data),
     .unset = "none; then --transactions is needed",
     .help = "the rows: numbers (CSV, .npy, FILE.h5:/array) or a features file"},
    {.option = "labels",
     .argument = "FILE",
     .commands = JUDGED,
     .section = CLI_INPUT,
     .type = CLI_TEXT,
     AT(judged),
     .help = "the labels to judge, one a row: CSV or .npy (required)"},
    {.option = "truth",
     .argument = "FILE",
     .commands = JUDGED,
     .section = CLI_INPUT,
     .type = CLI_TEXT,
     AT(truth),
     .unset = "none",
     .help = "labels that they are compared with, likewise"},
    {.option = "label-column",
     .argument = "COLUMN",
     .commands = JUDGED,
     .section = CLI_INPUT,
     .type = CLI_TEXT,
     AT(label_column),
     .unset = "the only one beside the ids, or cluster, segment, label, class",
     .help = "column of the labels, by name or number (#4)"},
    {.option = "truth-column",
     .argument = "COLUMN",
     .commands = JUDGED,
     .section = CLI_INPUT,
     .type = CLI_TEXT,
     AT(truth_column),
     .unset = "likewise",
     .help = "column of the true labels, by name or number"},
    {.option = "noise",
     .argument = "LABEL",
     .commands = JUDGED,
     .section = CLI_INPUT,
     .type = CLI_TEXT,
     AT(noise),
     .unset = "every label is a segment",
     .help = "a label whose rows are left out, such as HDBSCAN's -1"},
    {.option = "delimiter",
     .argument = "CHAR",
     .commands = TABLES | DATA | JUDGED,
     .section = CLI_INPUT,
     .type = CLI_CHOICE,
     .choices = delimiters,
     AT(any.delimiter),
     .unset = "recognised",
     .help = "what separates the fields: one of these, by name or as the character"},
    {.option = "encoding",
     .argument = "NAME",
     .commands = TABLES | DATA | JUDGED,
     .section = CLI_INPUT,
     .type = CLI_CHOICE,
     .choices = encodings,
     AT(any.encoding),
     .unset = "found out, or refused",
     .help = "how the bytes of a file stand for characters"},
    {.option = "sheet",
     .argument = "NAME",
     .commands = TABLES | DATA | JUDGED,
     .section = CLI_INPUT,
     .type = CLI_TEXT,
     AT(any.sheet),
     .unset = "the first that is not hidden",
     .help = "the sheet of a workbook (.xlsx)"},
    {.option = "fill-merged",
     .argument = "yes|no",
     .commands = TABLES | JUDGED,
     .section = CLI_INPUT,
     .type = CLI_CHOICE,
     .choices = yes_no,
     AT(any.fill_merged),
     .help = "yes: what merged cells of a workbook show stands in each of their rows"},
    {.option = "header",
     .argument = "yes|no",
     .commands = TABLES | DATA | JUDGED,
     .section = CLI_INPUT,
     .type = CLI_CHOICE,
     .choices = yes_no,
     AT(any.header),
     .unset = "recognised",
     .help = "whether the first line names the columns (no: c1, c2, ...)"},
    {.option = "dates",
     .argument = "ORDER",
     .commands = TABLES | JUDGED,
     .section = CLI_INPUT,
     .type = CLI_CHOICE,
     .choices = date_orders,
     AT(any.dates),
     .unset = "proven by the column, or refused",
     .help = "the order of day, month and year in dates"},
    {.option = "decimal",
     .argument = "MARK",
     .commands = TABLES | JUDGED,
     .section = CLI_INPUT,
     .type = CLI_CHOICE,
     .choices = decimal_marks,
     AT(any.decimal),
     .unset = "proven by the column, or refused",
     .help = "the decimal mark of numbers: is 1.250 one and a quarter, or 1250"},
    {.option = "max-rejects",
     .argument = "SHARE",
     .key = "max_rejects",
     .commands = TABLES | JUDGED,
     .section = CLI_INPUT,
     .type = CLI_SHARE,
     AT(tables.max_rejects),
     .help = "share of a table's rows that bad cells, ragged lines and bad encoding may reject"},
    {.option = "gate",
     .argument = "KIND=ACTION,...",
     .commands = TABLES,
     .section = CLI_INPUT,
     .type = CLI_LIST,
     AT(gates),
     .unset = "findings are notes",
     .help = "what becomes of a kind of findings in the data (docs/findings.md): note, ignore or refuse: "
             "orphans=refuse,off_scale=ignore"},
    {.key = "gate",
     .section = CLI_INPUT,
     .type = CLI_NAMED,
     .record = &gate_record,
     AT(gate),
     .unset = "findings are notes",
     .help = "what becomes of findings in the data, by their kind (docs/findings.md): {orphans: refuse}"},
    {.option = "id",
     .argument = "COLUMN",
     .commands = DATA | JUDGED,
     .section = CLI_INPUT,
     .type = CLI_TEXT,
     AT(id),
     .unset = "none",
     .help = "column of a data file that names the rows"},
    {.option = "ignore",
     .argument = "COLUMN...",
     .commands = DATA | JUDGED,
     .section = CLI_INPUT,
     .type = CLI_FILES,
     AT(ignore),
     .kept = CLI_KEPT_DATA,
     .unset = "none",
     .help = "columns of a data file to leave out, by name or number (#4)"},
    {.option = "features",
     .argument = "FILE",
     .commands = CLI_ON(CLI_EXPLAIN),
     .section = CLI_INPUT,
     .type = CLI_TEXT,
     AT(features_file),
     .unset = "none",
     .help = "features.h5: to build a tree of another size from, or with the customer"},
    {.option = "customer",
     .argument = "ID",
     .commands = CLI_ON(CLI_EXPLAIN),
     .section = CLI_INPUT,
     .type = CLI_TEXT,
     AT(customer),
     .unset = "none",
     .help = "the customer whose way through the tree is told"},
    {.option = "like",
     .argument = "FILE.h5",
     .commands = CLI_ON(CLI_FEATURES),
     .section = CLI_INPUT,
     .type = CLI_TEXT,
     AT(like),
     .unset = "features are fitted to the tables",
     .help = "features.h5 or model.h5 whose recipe makes the features"},
    {.option = "model",
     .argument = "MODEL.h5",
     .commands = CLI_ON(CLI_RUN),
     .section = CLI_INPUT,
     .type = CLI_TEXT,
     AT(model),
     .unset = "recipe, clusters and labels are fitted to the tables",
     .help = "model.h5 of an earlier run: its recipe, centres, cuts and names treat the tables; how to fit is settled "
             "by it"},
    {.option = "allow-missing",
     .commands = TABLES,
     .section = CLI_INPUT,
     .type = CLI_FLAG,
     AT(features.allow_missing),
     .help = "with --model or --like: take columns that the tables lack as missing, instead of refusing them"},

    {.option = "as-of",
     .argument = "DATE",
     .key = "as_of",
     .commands = TABLES,
     .section = CLI_TIME,
     .type = CLI_DAY,
     AT(as_of),
     .unset = "the day after the last transaction",
     .help = "first day after the data (YYYY-MM-DD); rows from then on are rejected"},
    {.option = "until",
     .argument = "DATE",
     .key = "until",
     .commands = TABLES,
     .section = CLI_TIME,
     .type = CLI_DAY,
     AT(until),
     .unset = "the day of the last transaction",
     .help = "last day of the data: the same as --as-of a day later"},
    {.option = "holdout",
     .argument = "DAYS",
     .key = "holdout",
     .commands = CLI_ON(CLI_RUN),
     .section = CLI_TIME,
     .type = CLI_INT,
     AT(run.holdout_days),
     .unset = "90, or the usual gap between purchases where that is longer",
     .help = "days at the end of the data that are held out, to see what customers did next by the segments of what "
             "lay before; 0: none"},
    {.option = "cut",
     .argument = "DATE",
     .commands = JUDGED,
     .section = CLI_TIME,
     .type = CLI_DAY,
     AT(next.cut),
     .unset = "required with --transactions",
     .help = "the day that the labels are as of: what lies before it is known, what comes after it judges them"},
    {.option = "horizon",
     .argument = "DAYS",
     .commands = JUDGED,
     .section = CLI_TIME,
     .type = CLI_INT,
     AT(next.days),
     .unset = "up to the end of the transactions",
     .help = "length of the period that begins with --cut"},

    BOUGHT("customer", TSL_ROLE_CUSTOMER, "who bought"),
    BOUGHT("order", TSL_ROLE_ORDER, "the order that a line belongs to"),
    BOUGHT("time", TSL_ROLE_TIME, "when it was bought"),
    BOUGHT("amount", TSL_ROLE_AMOUNT,
           "what was paid, or an expression: \"Quantity * UnitPrice\"; 1 counts each row as one"),
    BOUGHT("cost", TSL_ROLE_COST, "what it cost, or an expression"),
    BOUGHT("quantity", TSL_ROLE_QUANTITY, "how many units"),
    BOUGHT("price", TSL_ROLE_PRICE, "the price of a unit"),
    BOUGHT("product", TSL_ROLE_PRODUCT, "the product"),
    BOUGHT("category", TSL_ROLE_CATEGORY, "the product's category"),
    BOUGHT("channel", TSL_ROLE_CHANNEL, "the channel of the sale"),
    BOUGHT("payment", TSL_ROLE_PAYMENT, "the means of payment"),
    BOUGHT("currency", TSL_ROLE_CURRENCY, "the currency; one only"),
    WHERE(TSL_TRANSACTIONS, TABLES | JUDGED, "transactions", "where"),
    {.key = "transactions.orphans",
     .section = CLI_INPUT,
     .type = CLI_CHOICE,
     .choices = orphans,
     AT(table[TSL_TRANSACTIONS].reject_orphans),
     .help = "what to do with lines of a customer whom the customers table lacks"},
    TABLE_KEYS(TSL_TRANSACTIONS, "transactions"),

    KNOWN("id", TSL_ROLE_CUSTOMER, "the customer's id; \"#\": the number of the row, where no column holds one"),
    KNOWN("satisfaction", TSL_ROLE_SATISFACTION, "a satisfaction score"),
    KNOWN("nps", TSL_ROLE_NPS, "willingness to recommend, 0 to 10"),
    WHERE(TSL_CUSTOMERS, TABLES, "customers", "customer-where"),
    {.key = "customers.columns",
     .section = CLI_INPUT,
     .type = CLI_NAMED,
     .record = &rule_record,
     AT(table[TSL_CUSTOMERS].rule),
     .unset = "found out",
     .help = "what further columns hold, by header"},
    TABLE_KEYS(TSL_CUSTOMERS, "customers"),

    DONE("customer", TSL_ROLE_CUSTOMER, "who came, called, clicked"),
    DONE("time", TSL_ROLE_TIME, "when that was"),
    DONE("kind", TSL_ROLE_KIND, "visit, service, complaint, ..."),
    DONE("minutes", TSL_ROLE_MINUTES, "length of a visit"),
    DONE("pages", TSL_ROLE_PAGES, "pages seen in a visit"),
    DONE("satisfaction", TSL_ROLE_SATISFACTION, "a satisfaction score"),
    DONE("nps", TSL_ROLE_NPS, "willingness to recommend, 0 to 10"),
    WHERE(TSL_INTERACTIONS, TABLES, "interactions", "interaction-where"),
    {.key = "interactions.orphans",
     .section = CLI_INPUT,
     .type = CLI_CHOICE,
     .choices = orphans,
     AT(table[TSL_INTERACTIONS].reject_orphans),
     .help = "what to do with rows of a customer whom the customers table lacks"},
    TABLE_KEYS(TSL_INTERACTIONS, "interactions"),

    {.option = "scale",
     .argument = "METHOD",
     .key = "features.scale",
     .commands = TABLES | CLI_ON(CLI_CLUSTER),
     .section = CLI_VECTORS,
     .type = CLI_CHOICE,
     .choices = scales,
     AT(features.scale),
     .kept = CLI_KEPT_DATA,
     .help = "how columns are made comparable; for cluster: the columns of a data file"},
    {.option = "scale",
     .argument = "METHOD",
     .commands = JUDGED,
     .section = CLI_VECTORS,
     .type = CLI_CHOICE,
     .choices = scales,
     AT(judged_scale),
     .help = "how the columns of a data file are made comparable; none: labels are judged in the space of the data"},
    {.key = "features.winsorise",
     .section = CLI_VECTORS,
     .type = CLI_SHARES,
     AT(features.winsor_low),
     .detail = 2,
     .help = "quantiles beyond which values are drawn in"},
    {.key = "features.weights.demographic",
     .section = CLI_VECTORS,
     .type = CLI_NUMBER,
     AT(features.weight[TSL_DEMOGRAPHIC]),
     .help = "weight of the group; 0 leaves it out"},
    {.key = "features.weights.behavioral",
     .section = CLI_VECTORS,
     .type = CLI_NUMBER,
     AT(features.weight[TSL_BEHAVIORAL]),
     .help = "weight of the group; 0 leaves it out"},
    {.key = "features.weights.value",
     .section = CLI_VECTORS,
     .type = CLI_NUMBER,
     AT(features.weight[TSL_VALUE]),
     .help = "weight of the group; 0 leaves it out"},
    {.key = "features.max_categories",
     .section = CLI_VECTORS,
     .type = CLI_INT,
     AT(features.max_categories),
     .help = "values of a category that have a column of their own; the rest is \"other\""},
    {.key = "features.max_shares",
     .section = CLI_VECTORS,
     .type = CLI_INT,
     AT(features.max_shares),
     .help = "channels and payments that have a share of their own"},
    {.key = "features.missing_share",
     .section = CLI_VECTORS,
     .type = CLI_SHARE,
     AT(features.missing_share),
     .help = "share of missing values from which a \"..._missing\" column is added"},

    {.key = "features.lines",
     .section = CLI_VECTORS,
     .type = CLI_RECORDS,
     .record = &line_record,
     AT(features.line),
     .unset = "none",
     .help = "features of your own, as the catalogue has them"},
    {.option = "outcome",
     .argument = "NAME,...",
     .key = "outcome",
     .commands = TABLES,
     .section = CLI_VECTORS,
     .type = CLI_LIST,
     AT(outcome),
     .detail = 1,
     .unset = "those that are outcomes by their names",
     .help =
         "columns of the customers that tell what they did in the end, such as churn, or none: segments are not found, "
         "ruled or named by them, but each is told by them"},
    {.option = "select",
     .argument = "NAME,...",
     .key = "features.select",
     .commands = CLI_ON(CLI_FEATURES),
     .section = CLI_VECTORS,
     .type = CLI_LIST,
     AT(select),
     .unset = "all",
     .help = "only these features are made; * and ? stand for any text. Columns that none of them needs are not read"},

    {.option = "basis",
     .argument = "BASIS",
     .key = "cluster.basis",
     .commands = SWEEP | CLI_ON(CLI_FEATURES),
     .section = CLI_CLUSTERS,
     .type = CLI_TEXT,
     AT(basis),
     .kept = CLI_KEPT,
     .unset = "core where there are transactions, else numeric",
     .help =
         "what the distance between customers is made of: core (recency, frequency, spend), numeric (the two numbers "
         "that say most of all of them; with a k, all numbers), all (the three vectors), demographic, behavioral or "
         "value; core+age,income adds features; all others describe"},
    {.option = "apart",
     .argument = "WHO",
     .key = "cluster.apart",
     .commands = SWEEP | CLI_ON(CLI_FEATURES),
     .section = CLI_CLUSTERS,
     .type = CLI_CHOICE,
     .choices = apart,
     AT(apart),
     .kept = CLI_KEPT,
     .unset = "once; with a k, or a range of it, potential",
     .help = "who is set apart by rule, before clusters are looked for: those who never bought (potential), and those "
             "who bought once, where they are many (once)"},
    {.option = "anchors",
     .argument = "WHICH",
     .key = "cluster.anchors",
     .commands = SWEEP,
     .section = CLI_CLUSTERS,
     .type = CLI_PATH,
     .choices = anchors,
     AT(anchors),
     .kept = CLI_KEPT,
     .unset = "typical with the core and the numeric basis; none with a k, a range of it or --init",
     .help =
         "places that draw the clusters, so that they come out alike month by month: typical ones, those of a CSV file "
         "(code, name, features in raw units), or none: k-means alone"},
    {.option = "previous",
     .argument = "RUN",
     .key = "cluster.previous",
     .commands = CLI_ON(CLI_RUN),
     .section = CLI_CLUSTERS,
     .type = CLI_PATH,
     AT(previous),
     .unset = "segments are found anew",
     .help = "folder of an earlier run, or its model.h5, whose segments evolve: its centres draw the clusters, codes "
             "and names stay"},
    {.option = "hold",
     .argument = "FACTOR",
     .key = "cluster.hold",
     .commands = CLI_ON(CLI_RUN),
     .section = CLI_CLUSTERS,
     .type = CLI_NUMBER,
     AT(run.hold),
     .help = "with the folder of --previous: a customer keeps the segment unless its centre is over so many times as "
             "far as the nearest; 1: nobody does"},
    {.option = "evidence",
     .argument = "HOW",
     .key = "cluster.evidence",
     .commands = SWEEP,
     .section = CLI_CLUSTERS,
     .type = CLI_CHOICE,
     .choices = evidence,
     AT(evidence),
     .kept = CLI_KEPT,
     .unset = "full; of a data file none",
     .help =
         "whether the segments are natural, reproducible or constructed, with every index and the stability of every "
         "k; natural groups are delivered as such. full, or none"},
    {.option = "method",
     .argument = "HOW",
     .key = "cluster.method",
     .commands = CLI_ON(CLI_RUN),
     .section = CLI_CLUSTERS,
     .type = CLI_CHOICE,
     .choices = methods,
     AT(by_tree),
     .kept = CLI_KEPT,
     .unset = "kmeans; with a target tree",
     .help = "how segments are found: kmeans, or tree: as the leaves of a tree that tells --target"},
    {.option = "target",
     .argument = "NAME",
     .key = "cluster.target",
     .commands = CLI_ON(CLI_RUN),
     .section = CLI_CLUSTERS,
     .type = CLI_TEXT,
     AT(run.target),
     .kept = CLI_KEPT,
     .help =
         "feature that a tree tells, such as monetary_total or an outcome; each segment's mean of it is of customers "
         "that the tree was not grown from. next: the net amount in the period of --holdout, by what was known before"},
    {.option = "descriptors",
     .argument = "HOW",
     .key = "cluster.descriptors",
     .commands = CLI_ON(CLI_RUN),
     .section = CLI_CLUSTERS,
     .type = CLI_CHOICE,
     .choices = descriptors,
     AT(run.descriptors),
     .unset = "cart",
     .help =
         "which demographics tell who is in which segment, and how well, by a tree of columns that the segments are "
         "not found by: cart, chaid, or none"},
    {.option = "k",
     .argument = "N",
     .key = "cluster.k",
     .commands = SWEEP,
     .section = CLI_CLUSTERS,
     .type = CLI_INT,
     AT(kmeans.k),
     .kept = CLI_KEPT,
     .unset = "as many as there are anchors; without them, chosen from the sweep",
     .help = "number of clusters of those who are not set apart"},
    {.option = "k-min",
     .argument = "N",
     .key = "cluster.k_min",
     .commands = SWEEP,
     .section = CLI_CLUSTERS,
     .type = CLI_INT,
     AT(kmeans.k_min),
     .kept = CLI_KEPT,
     .unset = "2, of run --target 3",
     .help = "least k of the sweep"},
    {.option = "k-max",
     .argument = "N",
     .key = "cluster.k_max",
     .commands = SWEEP,
     .section = CLI_CLUSTERS,
     .type = CLI_INT,
     AT(kmeans.k_max),
     .kept = CLI_KEPT,
     .unset = "10, of run --target 8",
     .help = "greatest k of the sweep"},
    {.option = "restarts",
     .argument = "N",
     .key = "cluster.restarts",
     .commands = SWEEP,
     .section = CLI_CLUSTERS,
     .type = CLI_INT,
     AT(kmeans.restarts),
     .kept = CLI_KEPT,
     .help = "runs for each k; the lowest inertia wins"},
    {.option = "max-iterations",
     .argument = "N",
     .key = "cluster.max_iterations",
     .commands = SWEEP,
     .section = CLI_CLUSTERS,
     .type = CLI_INT,
     AT(kmeans.max_iterations),
     .kept = CLI_KEPT,
     .help = "iterations after which a run stops"},
    {.option = "tolerance",
     .argument = "X",
     .key = "cluster.tolerance",
     .commands = SWEEP,
     .section = CLI_CLUSTERS,
     .type = CLI_NUMBER,
     AT(kmeans.tolerance),
     .kept = CLI_KEPT,
     .help = "shift of the centres, in mean column variances, at which a run stops"},
    {.option = "silhouette-rows",
     .argument = "N",
     .key = "cluster.silhouette_rows",
     .commands = SWEEP,
     .section = CLI_CLUSTERS,
     .type = CLI_SIZE,
     AT(kmeans.silhouette_rows),
     .kept = CLI_KEPT,
     .help = "rows that the silhouette is measured on; 0 leaves it out"},
    {.option = "silhouette-rows",
     .argument = "N",
     .commands = JUDGED,
     .section = CLI_CLUSTERS,
     .type = CLI_SIZE,
     AT(quality.silhouette_rows),
     .help = "beyond 20,000 rows: how many are drawn and measured against all; 0 leaves the silhouette out"},
    {.option = "dunn",
     .commands = JUDGED,
     .section = CLI_CLUSTERS,
     .type = CLI_FLAG,
     AT(quality.dunn),
     .help = "Dunn's index, too: every row against every other, of at most 20,000"},
    {.option = "dunn",
     .commands = SWEEP,
     .section = CLI_CLUSTERS,
     .type = CLI_FLAG,
     AT(run.dunn),
     .help = "Dunn's index in the evidence, too: every row against every other, of at most 20,000"},
    {.option = "stability",
     .argument = "N",
     .commands = JUDGED,
     .section = CLI_CLUSTERS,
     .type = CLI_INT,
     AT(evaluation.stability),
     .unset = "20, of at most 100,000 rows and 100 labels",
     .help = "bootstrap samples that k-means of as many clusters looks for the labels in, beside gap statistic and "
             "prediction strength; 0: none"},
    {.option = "min-share",
     .argument = "SHARE",
     .key = "cluster.min_share",
     .commands = SWEEP,
     .section = CLI_CLUSTERS,
     .type = CLI_SHARE,
     AT(kmeans.min_share),
     .kept = CLI_KEPT,
     .help = "k is chosen among those whose smallest cluster holds this share ..."},
    {.option = "min-rows",
     .argument = "N",
     .key = "cluster.min_rows",
     .commands = SWEEP,
     .section = CLI_CLUSTERS,
     .type = CLI_SIZE,
     AT(kmeans.min_rows),
     .kept = CLI_KEPT,
     .help = "... and so many rows"},
    {.option = "include",
     .argument = "NAME,...",
     .key = "cluster.include",
     .commands = SWEEP | CLI_ON(CLI_FEATURES),
     .section = CLI_CLUSTERS,
     .type = CLI_LIST,
     AT(include),
     .kept = CLI_KEPT,
     .unset = "none",
     .help = "further features to cluster on; * and ? stand for any text"},
    {.option = "exclude",
     .argument = "NAME,...",
     .key = "cluster.exclude",
     .commands = SWEEP | CLI_ON(CLI_FEATURES),
     .section = CLI_CLUSTERS,
     .type = CLI_LIST,
     AT(exclude),
     .kept = CLI_KEPT,
     .unset = "none",
     .help = "features to leave out of the clusters"},
    {.option = "init",
     .argument = "FILE",
     .key = "cluster.init",
     .commands = SWEEP,
     .section = CLI_CLUSTERS,
     .type = CLI_PATH,
     AT(init),
     .unset = "seeds are drawn",
     .help =
         "centres to begin with, in the raw units of the columns: a CSV or .npy file, one a row, or a model.h5; k is "
         "their number, and one run is made"},
    {.option = "weight",
     .argument = "COLUMN",
     .key = "cluster.weight",
     .commands = SWEEP | CLI_ON(CLI_FEATURES),
     .section = CLI_CLUSTERS,
     .type = CLI_TEXT,
     AT(weight),
     .kept = CLI_KEPT,
     .unset = "once each, or as the features file says",
     .help =
         "the column or feature that says how often each row counts, which the clusters are then not found by; of a "
         "data file also by number (#4), and scales count by it, too: a row of weight 2 is two rows. Scales, quantiles "
         "and scores of customers count each once"},
    {.option = "weight",
     .argument = "COLUMN",
     .commands = JUDGED,
     .section = CLI_CLUSTERS,
     .type = CLI_TEXT,
     AT(weight),
     .unset = "once each, or as the features file says",
     .help = "the column of a data file, by name or number (#4), that says how often each row counts"},
    {.option = "leaves",
     .argument = "N",
     .key = "cluster.leaves",
     .commands = SWEEP | CLI_ON(CLI_EXPLAIN),
     .section = CLI_CLUSTERS,
     .type = CLI_INT,
     AT(tree.leaves),
     .kept = CLI_KEPT,
     .unset = "2 k",
     .help = "leaves of the explanation tree, at least k"},
    {.option = "tree",
     .argument = "METHOD",
     .key = "cluster.tree",
     .commands = SWEEP | CLI_ON(CLI_EXPLAIN),
     .section = CLI_CLUSTERS,
     .type = CLI_CHOICE,
     .choices = tree_methods,
     AT(tree.method),
     .kept = CLI_KEPT,
     .help = "how its first k leaves are cut: at least cost (greedy), with the fewest rows parted from their centre "
             "(imm), or at some cost more with shorter rules (shallow)"},
    {.option = "round",
     .argument = "SHARE",
     .key = "cluster.round",
     .commands = SWEEP | CLI_ON(CLI_EXPLAIN),
     .section = CLI_CLUSTERS,
     .type = CLI_SHARE,
     AT(tree.round),
     .kept = CLI_KEPT,
     .help = "agreement of the explanation tree that its thresholds may cost in becoming round numbers; 0: none"},
    {.option = "seed",
     .argument = "N",
     .key = "seed",
     .commands = SWEEP | JUDGED,
     .section = CLI_CLUSTERS,
     .type = CLI_SEED,
     AT(kmeans.seed),
     .kept = CLI_KEPT,
     .help = "start of the random numbers"},

    {.option = "refit",
     .argument = "PART,...",
     .commands = APPLY,
     .section = CLI_LABELS,
     .type = CLI_LIST,
     .choices = refit_parts,
     AT(refit_parts),
     .unset = "none: all as the model has it",
     .help = "parts of the model to fit anew; --tiers and --value imply tiers"},
    {.option = "value",
     .argument = "COLUMN",
     .key = "tiers.value",
     .commands = TABLES | SWEEP | TIERS,
     .section = CLI_LABELS,
     .type = CLI_TEXT,
     AT(label.value),
     .kept = CLI_KEPT,
     .unset = "monetary_total where there are transactions",
     .help = "the feature that customers are ranked by; a column of the customers table so named counts as value"},
    {.option = "tiers",
     .argument = "METHOD",
     .commands = TIERS,
     .section = CLI_LABELS,
     .type = CLI_TIERS,
     .choices = tier_methods,
     AT(label),
     .unset = "quantile:1%,4%,15%,30%",
     .help = "how tiers are cut: \"quantile\" or \"revenue\", with the four upper tiers' shares if wanted "
             "(revenue:50%,20%,15%,10%), or \"cuts\" with their least values (cuts:100000,50000,10000,1000)"},
    {.key = "tiers.by",
     .section = CLI_LABELS,
     .type = CLI_CHOICE,
     .choices = tier_methods,
     AT(label.tier_method),
     .help = "how tiers are cut: by shares of the customers, shares of the value, or fixed values"},
    {.key = "tiers.shares",
     .section = CLI_LABELS,
     .type = CLI_SHARES,
     AT(label.tier_share),
     .detail = TSL_TIERS - 1,
     .unset = "[0.01, 0.04, 0.15, 0.3]; by revenue [0.2, 0.2, 0.2, 0.2]",
     .help = "shares of vip, gold, silver and bronze; the rest is normal"},
    {.key = "tiers.cuts",
     .section = CLI_LABELS,
     .type = CLI_NUMBERS,
     AT(label.tier_cut),
     .detail = TSL_TIERS - 1,
     .unset = "none",
     .help = "least value of vip, gold, silver and bronze, falling"},
    {.key = "lifecycle.new_days",
     .section = CLI_LABELS,
     .type = CLI_NUMBER,
     AT(label.new_days),
     .help = "days from the first purchase during which a customer is new"},
    {.key = "lifecycle.lost_factor",
     .section = CLI_LABELS,
     .type = CLI_NUMBER,
     AT(label.lost_factor),
     .help = "a customer is lost beyond this times the at-risk limit"},
    {.key = "names",
     .section = CLI_LABELS,
     .type = CLI_NAMED,
     .record = &name_record,
     AT(label.name),
     .unset = "found from what the segments are",
     .help = "names of segments by code or number, at most 255 characters: a text for both languages, or en and zh"},
    {.key = "lifecycle.shrinkage",
     .section = CLI_LABELS,
     .type = CLI_NUMBER,
     AT(label.shrinkage),
     .help = "weight of the population's gaps against the customer's own, in gaps"},

    {.option = "output",
     .argument = "PATH",
     .commands = WRITERS,
     .section = CLI_OUTPUT,
     .type = CLI_TEXT,
     AT(output),
     .help = "where to write"},
    {.option = "format",
     .argument = "FORMAT",
     .commands = CLI_ON(CLI_EXPLAIN),
     .section = CLI_OUTPUT,
     .type = CLI_CHOICE,
     .choices = rules_formats,
     AT(rules.format),
     .help = "what the tree is written as"},
    {.option = "dialect",
     .argument = "DATABASE",
     .commands = CLI_ON(CLI_EXPLAIN),
     .section = CLI_OUTPUT,
     .type = CLI_CHOICE,
     .choices = dialects,
     AT(rules.dialect),
     .help = "the database that the SQL is for"},
    {.option = "table",
     .argument = "NAME",
     .commands = CLI_ON(CLI_EXPLAIN),
     .section = CLI_OUTPUT,
     .type = CLI_TEXT,
     AT(rules.table),
     .help = "the table that the SQL asks: one row a customer, one column a feature"},
    {.option = "key",
     .argument = "COLUMN",
     .commands = CLI_ON(CLI_EXPLAIN),
     .section = CLI_OUTPUT,
     .type = CLI_TEXT,
     AT(rules.id),
     .help = "its column that names the customers"},
    {.option = "rejects",
     .argument = "FILE",
     .commands = CLI_ON(CLI_FEATURES),
     .section = CLI_OUTPUT,
     .type = CLI_TEXT,
     AT(rejects),
     .unset = "rejected rows are only counted",
     .help = "where to list the rejected rows"},
    {.option = "labels",
     .argument = "FILE",
     .commands = CLI_ON(CLI_CLUSTER),
     .section = CLI_OUTPUT,
     .type = CLI_TEXT,
     AT(labels),
     .unset = "not written",
     .help = "where to write each row's cluster"},
    {.option = "force",
     .commands = WRITERS,
     .section = CLI_OUTPUT,
     .type = CLI_FLAG,
     AT(force),
     .help = "replace an output that is there"},
    {.option = "lang",
     .argument = "zh|en",
     .key = "lang",
     .commands = CLI_EVERYWHERE,
     .section = CLI_OUTPUT,
     .type = CLI_WORD,
     .choices = languages,
     AT(lang),
     .unset = "en; report, inspect: as the run was",
     .help = "language of what is printed, names, rules, reasons and the report; messages are in English"},

    {.option = "config",
     .argument = "FILE.yaml",
     .commands = CLI_EVERYWHERE,
     .section = CLI_GENERAL,
     .type = CLI_TEXT,
     AT(config),
     .unset = "none",
     .help = "settings from a file; the command line wins (tesela help configuration)"},
    {.option = "threads",
     .argument = "N",
     .key = "threads",
     .commands = WORKERS,
     .section = CLI_GENERAL,
     .type = CLI_INT,
     AT(exec.threads),
     .unset = "all processors",
     .help = "threads to work with; no result depends on it"},
    {.option = "json",
     .commands = CLI_EVERYWHERE,
     .section = CLI_GENERAL,
     .type = CLI_FLAG,
     AT(json),
     .help = "print the result as JSON, in the form of summary.json, and nothing else"},
    {.option = "quiet",
     .commands = CLI_EVERYWHERE,
     .section = CLI_GENERAL,
     .type = CLI_FLAG,
     AT(quiet),
     .help = "print errors only"},
    {.option = "progress",
     .argument = "WHEN",
     .commands = WORKERS,
     .section = CLI_GENERAL,
     .type = CLI_CHOICE,
     .choices = progress_modes,
     AT(progress),
     .help = "show progress; auto: where standard error is a terminal"},
};
_Static_assert(COUNT(params) <= CLI_PARAMS_MAX, "cli_settings.given is too short");
_Static_assert(sizeof(tsl_scale) == sizeof(int) && sizeof(tsl_apart) == sizeof(int) &&
                   sizeof(tsl_anchors) == sizeof(int) && sizeof(tsl_tier_method) == sizeof(int) &&
                   sizeof(tsl_column_type) == sizeof(int) && sizeof(tsl_group) == sizeof(int),
               "a choice is written as an int");

size_t cli_params_get_count(void)
{
    return COUNT(params);
}

const cli_param *cli_params_get(size_t i)
{
    return &params[i];
}

const cli_param *cli_params_get_option(const char *option)
{
    for (size_t i = 0; i < COUNT(params); i++) {
        if (params[i].option && strcmp(params[i].option, option) == 0) {
            return &params[i];
        }
    }
    return NULL;
}

const cli_param *cli_params_get_key(const char *key)
{
    for (size_t i = 0; i < COUNT(params); i++) {
        if (params[i].key && strcmp(params[i].key, key) == 0) {
            return &params[i];
        }
    }
    return NULL;
}

const char *cli_section_get_title(cli_section section)
{
    static const char *const titles[CLI_SECTIONS] = {
        [CLI_INPUT] = "Input",       [CLI_COLUMNS] = "Columns", [CLI_TIME] = "Time",     [CLI_VECTORS] = "Features",
        [CLI_CLUSTERS] = "Clusters", [CLI_LABELS] = "Labels",   [CLI_OUTPUT] = "Output", [CLI_GENERAL] = "General",
    };
    return titles[section];
}
