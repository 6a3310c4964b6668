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
    TIERS = CLI_ON(CLI_RUN) | CLI_ON(CLI_CLUSTER) | CLI_ON(CLI_LABEL),
    APPLY = CLI_ON(CLI_RUN) | CLI_ON(CLI_LABEL),
    WRITERS = TABLES | SWEEP | TIERS | DATA | CLI_ON(CLI_REPORT),
    WORKERS = TABLES | SWEEP | TIERS | DATA | CLI_ON(CLI_EXPLAIN)
};

/* ---- Choices ------------------------------------------------------------- */

static const cli_choice delimiters[] = {{"comma", ',', 0}, {"semicolon", ';', 0}, {"tab", '\t', 0}, {"pipe", '|', 0},
                                        {",", ',', 1},     {";", ';', 1},         {"\t", '\t', 1},  {"\\t", '\t', 1},
                                        {"|", '|', 1},     {NULL, 0, 0}};
static const cli_choice yes_no[] = {{"yes", 1, 0}, {"no", 0, 0}, {"true", 1, 1}, {"false", 0, 1}, {NULL, 0, 0}};
static const cli_choice date_orders[] = {
    {"ymd", TSL_DATES_YMD, 0}, {"mdy", TSL_DATES_MDY, 0}, {"dmy", TSL_DATES_DMY, 0}, {NULL, 0, 0}};
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
static const cli_choice anchors[] = {{"typical", TSL_ANCHORS_TYPICAL, 0}, {"none", TSL_ANCHORS_NONE, 0}, {NULL, 0, 0}};
static const cli_choice tier_methods[] = {
    {"quantile", TSL_TIER_QUANTILE, 0}, {"revenue", TSL_TIER_REVENUE, 0}, {"cuts", TSL_TIER_CUTS, 0}, {NULL, 0, 0}};
/* As tsl_refit_get_name has them. */
static const cli_choice refit_parts[] = {{"tiers", TSL_REFIT_TIERS, 0},
                                         {"rfm", TSL_REFIT_RFM, 0},
                                         {"lifecycle", TSL_REFIT_LIFECYCLE, 0},
                                         {"names", TSL_REFIT_NAMES, 0},
                                         {NULL, 0, 0}};
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

/* ---- The table ------------------------------------------------------------ */

#define ROLE(kind, word, role_, help_)                                                                                 \
    {                                                                                                                  \
        .key = (word), .section = CLI_INPUT, .type = CLI_ROLE, AT(table[kind]), .detail = (role_),                     \
        .unset = "recognised by its name", .help = (help_)                                                             \
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
    {                                                                                                                  \
        .key = word ".lookups", .section = CLI_INPUT, .type = CLI_RECORDS, .record = &kind##_lookups,                  \
        AT(table[kind].lookup), .unset = "none", .help = "files to look values up in, by key"                          \
    }

static const cli_param params[] = {
    {.option = "transactions",
     .argument = "FILE...",
     .commands = TABLES,
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
    {.option = "delimiter",
     .argument = "CHAR",
     .commands = TABLES | DATA,
     .section = CLI_INPUT,
     .type = CLI_CHOICE,
     .choices = delimiters,
     AT(any.delimiter),
     .unset = "recognised",
     .help = "what separates the fields: one of these, by name or as the character"},
    {.option = "header",
     .argument = "yes|no",
     .commands = TABLES | DATA,
     .section = CLI_INPUT,
     .type = CLI_CHOICE,
     .choices = yes_no,
     AT(any.header),
     .unset = "recognised",
     .help = "whether the first line names the columns (no: c1, c2, ...)"},
    {.option = "dates",
     .argument = "ORDER",
     .commands = TABLES,
     .section = CLI_INPUT,
     .type = CLI_CHOICE,
     .choices = date_orders,
     AT(any.dates),
     .unset = "proven by the column, or refused",
     .help = "the order of day, month and year in dates"},
    {.option = "max-rejects",
     .argument = "SHARE",
     .key = "max_rejects",
     .commands = TABLES,
     .section = CLI_INPUT,
     .type = CLI_SHARE,
     AT(tables.max_rejects),
     .help = "share of a table's rows that bad cells, ragged lines and bad encoding may reject"},
    {.option = "id",
     .argument = "COLUMN",
     .commands = DATA,
     .section = CLI_INPUT,
     .type = CLI_TEXT,
     AT(id),
     .unset = "none",
     .help = "column of a data file that names the rows"},
    {.option = "ignore",
     .argument = "COLUMN...",
     .commands = DATA,
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
     .help = "features.h5, to build a tree of another size from"},
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

    ROLE(TSL_TRANSACTIONS, "transactions.columns.customer", TSL_ROLE_CUSTOMER, "who bought"),
    ROLE(TSL_TRANSACTIONS, "transactions.columns.order", TSL_ROLE_ORDER, "the order that a line belongs to"),
    ROLE(TSL_TRANSACTIONS, "transactions.columns.time", TSL_ROLE_TIME, "when"),
    ROLE(TSL_TRANSACTIONS, "transactions.columns.amount", TSL_ROLE_AMOUNT, "how much, or an expression"),
    ROLE(TSL_TRANSACTIONS, "transactions.columns.cost", TSL_ROLE_COST, "what it cost, or an expression"),
    ROLE(TSL_TRANSACTIONS, "transactions.columns.quantity", TSL_ROLE_QUANTITY, "how many units"),
    ROLE(TSL_TRANSACTIONS, "transactions.columns.price", TSL_ROLE_PRICE, "the price of a unit"),
    ROLE(TSL_TRANSACTIONS, "transactions.columns.product", TSL_ROLE_PRODUCT, "the product"),
    ROLE(TSL_TRANSACTIONS, "transactions.columns.category", TSL_ROLE_CATEGORY, "the product's category"),
    ROLE(TSL_TRANSACTIONS, "transactions.columns.channel", TSL_ROLE_CHANNEL, "the channel of the sale"),
    ROLE(TSL_TRANSACTIONS, "transactions.columns.payment", TSL_ROLE_PAYMENT, "the means of payment"),
    ROLE(TSL_TRANSACTIONS, "transactions.columns.currency", TSL_ROLE_CURRENCY, "the currency; one only"),
    {.key = "transactions.orphans",
     .section = CLI_INPUT,
     .type = CLI_CHOICE,
     .choices = orphans,
     AT(table[TSL_TRANSACTIONS].reject_orphans),
     .help = "what to do with lines of a customer whom the customers table lacks"},
    TABLE_KEYS(TSL_TRANSACTIONS, "transactions"),

    {.option = "customer-id",
     .argument = "COLUMN",
     .key = "customers.id",
     .commands = TABLES,
     .section = CLI_INPUT,
     .type = CLI_ROLE,
     AT(table[TSL_CUSTOMERS]),
     .detail = TSL_ROLE_CUSTOMER,
     .unset = "recognised by its name",
     .help = "the customer's id; \"#\": the number of the row, where no column holds one"},
    ROLE(TSL_CUSTOMERS, "customers.satisfaction", TSL_ROLE_SATISFACTION, "a satisfaction score"),
    ROLE(TSL_CUSTOMERS, "customers.nps", TSL_ROLE_NPS, "willingness to recommend, 0 to 10"),
    {.key = "customers.columns",
     .section = CLI_INPUT,
     .type = CLI_NAMED,
     .record = &rule_record,
     AT(table[TSL_CUSTOMERS].rule),
     .unset = "found out",
     .help = "what further columns hold, by header"},
    TABLE_KEYS(TSL_CUSTOMERS, "customers"),

    ROLE(TSL_INTERACTIONS, "interactions.columns.customer", TSL_ROLE_CUSTOMER, "who"),
    ROLE(TSL_INTERACTIONS, "interactions.columns.time", TSL_ROLE_TIME, "when"),
    ROLE(TSL_INTERACTIONS, "interactions.columns.kind", TSL_ROLE_KIND, "visit, service, complaint, ..."),
    ROLE(TSL_INTERACTIONS, "interactions.columns.minutes", TSL_ROLE_MINUTES, "length of a visit"),
    ROLE(TSL_INTERACTIONS, "interactions.columns.pages", TSL_ROLE_PAGES, "pages seen in a visit"),
    ROLE(TSL_INTERACTIONS, "interactions.columns.satisfaction", TSL_ROLE_SATISFACTION, "a satisfaction score"),
    ROLE(TSL_INTERACTIONS, "interactions.columns.nps", TSL_ROLE_NPS, "willingness to recommend, 0 to 10"),
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
     .type = CLI_CHOICE,
     .choices = anchors,
     AT(anchors),
     .kept = CLI_KEPT,
     .unset = "typical with the core and the numeric basis; none with a k, a range of it or --init",
     .help =
         "places that draw the clusters, so that they come out alike month by month: typical ones, or none: k-means "
         "alone"},
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
     .help = "least k of the sweep"},
    {.option = "k-max",
     .argument = "N",
     .key = "cluster.k_max",
     .commands = SWEEP,
     .section = CLI_CLUSTERS,
     .type = CLI_INT,
     AT(kmeans.k_max),
     .kept = CLI_KEPT,
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
    {.option = "min-share",
     .argument = "SHARE",
     .key = "cluster.min_share",
     .commands = SWEEP,
     .section = CLI_CLUSTERS,
     .type = CLI_SHARE,
     AT(kmeans.min_share),
     .kept = CLI_KEPT,
     .help = "k is chosen among those whose smallest cluster holds this share"},
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
    {.option = "leaves",
     .argument = "N",
     .key = "cluster.leaves",
     .commands = SWEEP | CLI_ON(CLI_EXPLAIN),
     .section = CLI_CLUSTERS,
     .type = CLI_INT,
     AT(tree.leaves),
     .kept = CLI_KEPT,
     .unset = "k",
     .help = "leaves of the explanation tree, at least k"},
    {.option = "seed",
     .argument = "N",
     .key = "seed",
     .commands = SWEEP,
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
        [CLI_INPUT] = "Input",   [CLI_TIME] = "Time",     [CLI_VECTORS] = "Features", [CLI_CLUSTERS] = "Clusters",
        [CLI_LABELS] = "Labels", [CLI_OUTPUT] = "Output", [CLI_GENERAL] = "General",
    };
    return titles[section];
}
