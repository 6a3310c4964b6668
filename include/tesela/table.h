/*
 * table.h: bytes -> fields -> typed columns.
 *
 * Makes a table of customers, transactions or interactions from CSV files, JSON Lines and Excel workbooks
 * (plain, gzip, zstd, xz; a path, standard input, bytes in memory), from arrays
 * or from an Arrow stream; finds out which column plays which role, and gives
 * typed columns. Rows that cannot be used are rejected one by one with place,
 * column and reason, through a sink: read = used + rejected, always.
 *
 * Lines of files are counted from 1, the header included where there is one;
 * rows of arrays and streams from 1, the first row of data.
 *
 * The structs that options point to by the array (tsl_role_map, tsl_column_rule,
 * tsl_lookup, tsl_event_column, tsl_gate, tsl_array) never grow. Results are made by the library alone and
 * read-only to callers; what is transparent of them stays within one soname.
 *
 * Deterministic: the columns depend on the data and the options only. Row order
 * is the order of reading; later rooms do not rely on it.
 */
#ifndef TESELA_TABLE_H
#define TESELA_TABLE_H

#include <tesela/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum tsl_table_kind { TSL_TRANSACTIONS, TSL_CUSTOMERS, TSL_INTERACTIONS } tsl_table_kind;
#define TSL_TABLE_KINDS 3 /* for good */

/* "transactions", "customers", "interactions"; here and below "?" for what is no such value */
TSL_API const char *tsl_table_kind_get_name(tsl_table_kind kind);

/* What a column is for. Names as written in a configuration are those of
 * tsl_role_get_name: "customer", "order", "time", "amount", ... */
typedef enum tsl_role {
    TSL_ROLE_NONE,         /* a plain column: customers keep these, events those that are asked for */
    TSL_ROLE_CUSTOMER,     /* text; all tables; required */
    TSL_ROLE_ORDER,        /* text; transactions */
    TSL_ROLE_TIME,         /* time; transactions and interactions; required there */
    TSL_ROLE_AMOUNT,       /* decimal; transactions; required; column or expression */
    TSL_ROLE_COST,         /* decimal; transactions; column or expression */
    TSL_ROLE_QUANTITY,     /* decimal; transactions */
    TSL_ROLE_PRICE,        /* decimal; transactions: unit price, makes amount with quantity */
    TSL_ROLE_PRODUCT,      /* text; transactions */
    TSL_ROLE_CATEGORY,     /* text; transactions */
    TSL_ROLE_CHANNEL,      /* text; transactions */
    TSL_ROLE_PAYMENT,      /* text; transactions */
    TSL_ROLE_CURRENCY,     /* text; transactions; one value only */
    TSL_ROLE_KIND,         /* text; interactions */
    TSL_ROLE_MINUTES,      /* decimal; interactions: length of a visit */
    TSL_ROLE_PAGES,        /* decimal; interactions: page depth */
    TSL_ROLE_SATISFACTION, /* decimal; interactions or customers */
    TSL_ROLE_NPS,          /* decimal, 0 to 10; interactions or customers */
    TSL_ROLE_RECENCY,      /* decimal; customers: days since the last order */
    TSL_ROLE_LAST_ORDER,   /* date; customers */
    TSL_ROLE_FIRST_ORDER,  /* date; customers */
    TSL_ROLE_ORDERS,       /* decimal, whole; customers: how many orders */
    TSL_ROLE_SPEND,        /* decimal; customers: the sum of all orders */
    TSL_ROLE_MEAN_ORDER,   /* decimal; customers: the mean of them */
    TSL_ROLES
} tsl_role;

TSL_API const char *tsl_role_get_name(tsl_role role);
/* The program's option that names the column of the role in a table, without its dashes: "amount",
 * "interaction-time", "customer-id"; NULL where the table has no such role. */
TSL_API const char *tsl_role_get_option(tsl_role role, tsl_table_kind kind);

typedef enum tsl_column_type {
    TSL_TYPE_AUTO,     /* in options: find out */
    TSL_TYPE_TEXT,     /* code[] into dict[]; -1 missing */
    TSL_TYPE_DECIMAL,  /* integer[]: exact, 1/10000; TSL_MISSING_INT missing */
    TSL_TYPE_TIME,     /* integer[]: seconds; TSL_MISSING_INT missing */
    TSL_TYPE_NUMBER,   /* number[]; NaN missing (customers) */
    TSL_TYPE_CATEGORY, /* code[] into dict[] (customers) */
    TSL_TYPE_ORDINAL,  /* code[] into dict[], dict in rank order (customers) */
    TSL_TYPE_BOOLEAN,  /* number[]: 0, 1, NaN missing (customers) */
    TSL_TYPE_DATE,     /* integer[]: seconds, a date that is no birth date (customers) */
    TSL_TYPE_BIRTH     /* integer[]: seconds, date of birth (customers) */
} tsl_column_type;

/* "auto", "text", "decimal", "time", "number", "category", "ordinal", "boolean", "date", "date_of_birth" */
TSL_API const char *tsl_column_type_get_name(tsl_column_type type);

#define TSL_GROUPS 3 /* for good */
typedef enum tsl_group {
    TSL_DEMOGRAPHIC,
    TSL_BEHAVIORAL,
    TSL_VALUE,
    TSL_GROUP_AUTO = TSL_GROUPS /* in options: by the column's name */
} tsl_group;

TSL_API const char *tsl_group_get_name(tsl_group group); /* "demographic", ... */

/* ---- What is amiss in the data --------------------------------------------- */

/* Kinds of findings (docs/findings.md says what each means, and the way out). Names as a configuration has them are
 * those of tsl_finding_kind_get_name: "orphans", "rejected_bad_cell", ... */
typedef enum tsl_finding_kind {
    TSL_FINDING_NONE,
    /* What a table is refused for. */
    TSL_FINDING_MIXED_CURRENCIES,
    TSL_FINDING_DOUBTFUL_DATES,
    TSL_FINDING_DOUBTFUL_NUMBERS,
    TSL_FINDING_MISSING_ROLE,
    TSL_FINDING_TOO_MANY_REJECTS,
    TSL_FINDING_NO_USABLE_ROW,
    TSL_FINDING_REFUSED,
    /* Rows that are not used, by their tsl_reject_kind. */
    TSL_FINDING_REJECTED_NO_CUSTOMER,
    TSL_FINDING_REJECTED_BAD_CELL,
    TSL_FINDING_REJECTED_RAGGED,
    TSL_FINDING_REJECTED_ENCODING,
    TSL_FINDING_REJECTED_AFTER_AS_OF,
    TSL_FINDING_REJECTED_DUPLICATE,
    TSL_FINDING_REJECTED_ORPHAN,
    TSL_FINDING_REJECTED_CONFLICT,
    /* What may be wrong though it is used. */
    TSL_FINDING_STRAY_QUOTE,
    TSL_FINDING_LONG_RECORDS,
    TSL_FINDING_ORPHANS,
    TSL_FINDING_NO_COMMON_ID,
    TSL_FINDING_MISSING_KEY,
    TSL_FINDING_LOOKUP_ROWS,
    TSL_FINDING_REPEATED_FILE,
    TSL_FINDING_EMPTY_FILE,
    TSL_FINDING_NO_HEADER,
    TSL_FINDING_MISSING_COLUMN,
    TSL_FINDING_MIXED_ENCODING,
    TSL_FINDING_BROKEN_LINES,
    TSL_FINDING_LATE_KEYS,
    TSL_FINDING_MERGED_CELLS,
    TSL_FINDING_EMPTY_FORMULAS,
    TSL_FINDING_CONTRADICTING_ROWS,
    TSL_FINDING_CONTRADICTING_PURCHASES,
    TSL_FINDING_WEAK_IDS,
    TSL_FINDING_UNFIT_CELLS,
    TSL_FINDING_UNFIT_CONDITION,
    TSL_FINDING_UNKNOWN_CONDITION,
    TSL_FINDING_PLACEHOLDER_TEXTS,
    TSL_FINDING_PLACEHOLDER_DATES,
    TSL_FINDING_EARLY_DATES,
    TSL_FINDING_LATE_DATES,
    TSL_FINDING_TWO_DIGIT_YEARS,
    TSL_FINDING_LENT_DATE_ORDER,
    TSL_FINDING_SEVERAL_ZONES,
    TSL_FINDING_MISSING_ZONES,
    TSL_FINDING_MISSING_CLOCK,
    TSL_FINDING_OFF_SCALE,
    TSL_FINDING_UNLIKELY_AGES,
    TSL_FINDING_MIXED_MARKS,
    TSL_FINDING_MIXED_NUMBERS,
    TSL_FINDING_ASSUMED_CURRENCY,
    TSL_FINDING_UNKNOWN_UNIT,
    TSL_FINDING_UNKNOWN_KINDS,
    TSL_FINDING_ID_SPELLINGS,
    TSL_FINDING_LOST_ZEROS,
    TSL_FINDING_NO_CUSTOMER_IDS,
    TSL_FINDING_BLANK_CUSTOMERS,
    TSL_FINDING_TEST_ACCOUNTS,
    TSL_FINDING_TOTALS_ROW,
    TSL_FINDING_DESCRIPTION_ROW,
    TSL_FINDING_UNSOLD_ROWS,
    TSL_FINDING_CARRIED_STATUS,
    TSL_FINDING_LACKING_STATUS,
    TSL_FINDING_REPEATED_ROWS,
    TSL_FINDING_AMOUNT_LEVEL,
    TSL_FINDING_REFUND_COLUMN,
    TSL_FINDING_NEGATIVE_QUANTITY,
    TSL_FINDING_OPPOSITE_ROWS,
    /* What is to be known of how the data were read. */
    TSL_FINDING_ROW_IDS,
    TSL_FINDING_INDEX_IDS,
    TSL_FINDING_ASSUMED_ROLE,
    TSL_FINDING_ROW_NUMBERS,
    TSL_FINDING_UNUSED_COLUMN,
    TSL_FINDING_LONG_NUMBERS,
    TSL_FINDING_THOUSANDS_MARKS,
    TSL_FINDING_NUMBER_SUFFIX,
    TSL_FINDING_BIRTH_YEARS,
    TSL_FINDING_ROUNDED_AMOUNTS,
    TSL_FINDING_LINES_ABOVE,
    TSL_FINDING_TRAILING_DELIMITER,
    TSL_FINDING_SEVERAL_SHEETS,
    TSL_FINDING_READ_AS,
    TSL_FINDING_KINDS
} tsl_finding_kind;

typedef enum tsl_severity { TSL_SEVERITY_INFO, TSL_SEVERITY_WARNING, TSL_SEVERITY_ERROR } tsl_severity;
TSL_API const char *tsl_severity_get_name(tsl_severity severity); /* "info", "warning", "error" */

TSL_API const char *tsl_finding_kind_get_name(tsl_finding_kind kind);
TSL_API tsl_severity tsl_finding_kind_get_severity(tsl_finding_kind kind);
TSL_API const char *tsl_finding_kind_get_meaning(tsl_finding_kind kind); /* a line without a full stop */
/* The kind of this name, - for _ as well. TSL_E_OPTION: none is, with the nearest. */
TSL_API TSL_FALLIBLE tsl_status tsl_finding_kind_read(const char *name, tsl_finding_kind *kind, tsl_error *err);

/* What becomes of a table that has a finding. */
typedef enum tsl_gate_action {
    TSL_GATE_NOTE,   /* it is a note, and the table is used; the default of all but errors */
    TSL_GATE_IGNORE, /* it is no note */
    TSL_GATE_REFUSE  /* the table is refused, TSL_E_INPUT; the default of errors, which take no other */
} tsl_gate_action;
TSL_API const char *tsl_gate_action_get_name(tsl_gate_action action); /* "note", "ignore", "refuse" */

typedef struct tsl_gate {
    tsl_finding_kind kind;
    tsl_gate_action action;
} tsl_gate;

/* ---- Who is not named, and who is left out ---------------------------------- */

/* A key, and the pseudonyms that it gives: in place of an id the first 130 bits of its HMAC-SHA-256 (RFC 2104) in
 * base32 (RFC 4648, small letters, without padding), of the id's UTF-8 bytes; where ids are normalised of the form that
 * their spellings share. The same id has the same pseudonym by the same key, always; without the key nothing leads from
 * one to the other, but who has it can try all ids. That is pseudonymous, and not anonymous (docs/methods/privacy.md).
 * Opaque, owned, and not changed once it is made: threads may share it. Cost: about 1 us an id. */
typedef struct tsl_pseudonyms tsl_pseudonyms;
#define TSL_KEY_LEAST 16 /* bytes */
#define TSL_KEY_MOST 4096
#define TSL_PSEUDONYM_CHARS 26
#define TSL_FINGERPRINT_CHARS 16

/* path: of a plain file that belongs to the caller and that nobody else may read or write (mode 0600 or stricter), or
 * "fd:N", a descriptor that is open for reading; a line end behind the key is not of it. TSL_E_NOT_FOUND, TSL_E_IO;
 * TSL_E_OPTION: no such descriptor; TSL_E_INPUT: others may have access to it, or it is too short or too long. Owned.
 */
TSL_API TSL_FALLIBLE tsl_status tsl_pseudonyms_read(const char *path, tsl_pseudonyms **out, tsl_error *err);
/* Of a key in memory, which is not kept. TSL_E_OPTION: too short, or too long. Owned. */
TSL_API TSL_FALLIBLE tsl_status tsl_pseudonyms_build(const void *key, size_t bytes, tsl_pseudonyms **out,
                                                     tsl_error *err);
/* TSL_FINGERPRINT_CHARS hexadecimal digits that tell one key from another, and nothing else of it; borrowed. */
TSL_API const char *tsl_pseudonyms_get_fingerprint(const tsl_pseudonyms *pseudonyms);
/* TSL_E_NOMEM. */
TSL_API TSL_FALLIBLE tsl_status tsl_pseudonyms_get_id(const tsl_pseudonyms *pseudonyms, const char *id,
                                                      char out[TSL_PSEUDONYM_CHARS + 1], tsl_error *err);
TSL_API void tsl_pseudonyms_free(tsl_pseudonyms *pseudonyms); /* NULL is fine */

/* Customers who are in no output and in no fit, by their ids as tables have them. Opaque, owned. Whoever reads a table
 * with it remembers which of them were met, so that one run at a time may use it. */
typedef struct tsl_suppression tsl_suppression;
typedef struct tsl_suppression_info {
    size_t ids;   /* different ones of the list */
    size_t found; /* of them, those that some table or file so far has had */
} tsl_suppression_info;
/* A file of ids: its column `id` (by name, or "#4"), or, where that is NULL, the one called customer_id or id, or else
 * the first. TSL_E_OPTION: it has no such column; TSL_E_INPUT: no id stands in it; and what tsl_partition_read says. */
TSL_API TSL_FALLIBLE tsl_status tsl_suppression_read(const tsl_source *source, const char *id, const tsl_exec *exec,
                                                     tsl_suppression **out, tsl_error *err);
TSL_API tsl_suppression_info tsl_suppression_get_info(const tsl_suppression *suppression);
TSL_API void tsl_suppression_free(tsl_suppression *suppression); /* NULL is fine */

/* ---- Options ----------------------------------------------------------- */

/* The source of the customer of a customers table without ids: the number of the
 * row, from 1, counted over all files and all rows read, rejected ones too. Where
 * a column is called so, it is meant. */
#define TSL_ROW_NUMBER "#"

typedef struct tsl_role_map {
    tsl_role role;
    const char *source; /* name of a column, or an expression over columns that is a number (roles of type decimal only;
                           see docs/expressions.md) */
} tsl_role_map;

/* What the user declares of a plain customers column. */
typedef struct tsl_column_rule {
    const char *name;           /* header of the column */
    tsl_column_type type;       /* default TSL_TYPE_AUTO */
    tsl_group group;            /* default TSL_GROUP_AUTO */
    const char *const *levels;  /* values of an ordinal column in rising order, distinct */
    size_t level_count;         /* at least 2 for TSL_TYPE_ORDINAL */
    const char *const *missing; /* further texts that mean missing */
    size_t missing_count;
    int sensitive; /* 1: profiled, but left out of clustering, names, rules and descriptors, and audited; -1: it is not,
                      whatever its name; 0: by its name (docs/methods/privacy.md) */
    int ignore;    /* 1: left out altogether */
} tsl_column_rule;

/* Looks values up in another file by key, as a left join of one match: the
 * named columns can then be used like columns of the table itself. A key that
 * stands twice in the file with different values is TSL_E_INPUT; a row whose
 * key is not there has these columns missing. */
typedef struct tsl_lookup {
    tsl_source source;
    const char *key;      /* column of the table */
    const char *file_key; /* column of the file; NULL: the same name */
} tsl_lookup;

/* A further column of transactions or interactions, in the order of the list, of two alike the first. A cell that is
 * not what is wanted is missing, and counted. The type: TSL_TYPE_DECIMAL, a number, and what is true or false is 1 or
 * 0; TSL_TYPE_BOOLEAN, a condition, 1 or 0 in integer[] as a decimal is; TSL_TYPE_TEXT, a column alone. */
typedef struct tsl_event_column {
    const char *source; /* name of a column, or an expression (docs/expressions.md) */
    tsl_column_type type;
    const char *label; /* what messages call it; NULL: "columns" */
} tsl_event_column;

/* How much of the run's currency one unit of a currency is worth. */
typedef struct tsl_currency_rate {
    const char *currency; /* its code of ISO 4217 */
    const char *worth;    /* a number above 0 with a decimal point; "1": it is the run's own */
} tsl_currency_rate;

typedef enum tsl_date_order { TSL_DATES_AUTO, TSL_DATES_YMD, TSL_DATES_MDY, TSL_DATES_DMY } tsl_date_order;
typedef enum tsl_decimal_mark { TSL_DECIMAL_AUTO, TSL_DECIMAL_POINT, TSL_DECIMAL_COMMA } tsl_decimal_mark;

/* How the bytes of a file stand for characters. */
typedef enum tsl_encoding {
    TSL_ENCODING_AUTO, /* in options: find out, by rules that do not guess (docs/methods/tables.md) */
    TSL_ENCODING_UTF8,
    TSL_ENCODING_UTF16LE,
    TSL_ENCODING_UTF16BE,
    TSL_ENCODING_GB18030,    /* and what it contains: GBK, GB2312 */
    TSL_ENCODING_WINDOWS1252 /* and what it contains: the letters and signs of ISO 8859-1 */
} tsl_encoding;
#define TSL_ENCODINGS 6

/* "auto", "utf-8", "utf-16le", "utf-16be", "gb18030", "windows-1252" */
TSL_API const char *tsl_encoding_get_name(tsl_encoding encoding);

typedef struct tsl_table_options {
    size_t size;
    const tsl_role_map *roles; /* what the user mapped; the rest is recognised by name */
    size_t role_count;
    const tsl_column_rule *rules; /* customers: declared columns */
    size_t rule_count;
    const char *value; /* customers: the column that they are ranked by, whose group is value unless a rule says
                          otherwise; default NULL, or no column of this name: none */
    const tsl_lookup *lookups;
    size_t lookup_count;
    const char *like;  /* how an earlier table was read (tsl_table_get_reading): what is not said here is taken from it,
                          a column that was declared or played a role must be there, and no role is looked for that
                          the earlier table did not have; default NULL */
    int allow_missing; /* 1: such columns that are not there are passed over with a note, unless a required role
                          needs them; default 0 */
    int header;     /* first row of a file: 1 names, 0 data (columns are then c1, c2, ...); above 1: this line has the
                       names, and those above it are passed over; default -1: recognise */
    char delimiter; /* of files: ',', ';', '\t', '|', ' ' (any number of them); default 0: recognise */
    tsl_date_order dates; /* order in dates; default TSL_DATES_AUTO: proven by the column or by `like`, or refused */
    int32_t as_of;        /* day; rows at or after it are rejected; default TSL_NO_DAY: of transactions and interactions
                             those that lie over a year after all others (docs/methods/tables.md) */
    double max_rejects;   /* share of rows, 0 to 1, that bad_cell + ragged + encoding may reach; default 0.10 */
    int reject_orphans;   /* 1: rows of customers that the known ones lack are rejected; default 0: counted */
    const char *weight;   /* customers: the column that says how often each one counts: a number, and kept though it be
                             the same everywhere or number the rows; default NULL, or no column of this name: none */
    int hash;        /* 1: the SHA-256 of each file is taken (tsl_file_info.sha256); 0: not, in less time; default 1 */
    int by_customer; /* 1: rows of events are kept packed, by customer, in less memory and sooner: columns have a
                        dictionary and no cells, and all that can be done with them is to build features; default 0 */
    tsl_encoding encoding;    /* of files that do not begin with a byte order mark, which says what they are; default
                                 TSL_ENCODING_AUTO */
    tsl_decimal_mark decimal; /* decimal mark of numbers; default TSL_DECIMAL_AUTO: proven by the column or by `like`,
                                 and refused where "1.250" may be either. A number of the other mark is a bad cell */
    const char *sheet;  /* of workbooks: the name of the sheet; default NULL: the first that is not hidden; of HDF5
                           files: the path of the table in it ("/orders"); default NULL: the only one */
    int fill_merged;    /* of workbooks: 1: what merged cells of several rows show stands in each of these rows; default
                           0: in the first, where it is stored */
    unsigned leave_out; /* bits 1 << role: columns of roles that are not required, and with TSL_ROLE_NONE the plain ones
                           of the customers, which are not read, as if the table had no such column; default 0 */
    const char *where;  /* a condition over the columns (docs/expressions.md): rows for which it is not true are left
                           out, first of all, and counted as TSL_REJECT_FILTERED; default NULL: none */
    const tsl_event_column *columns; /* events: further columns that are kept, plain ones called by their source */
    size_t column_count;             /* at most 64, default 0 */
    const char *timezone;  /* the clock that times with a zone are converted to, and that those without one among them
                              are of: a name of the system's time zone database ("Asia/Shanghai"), "UTC" or an offset
                              ("+08:00"); default NULL, or that of `like`: one zone in all cells stays as it is written,
                              several are converted to UTC (docs/methods/dates.md) */
    const tsl_gate *gates; /* what becomes of findings, of two on one kind the later; default none */
    size_t gate_count;
    int drop_duplicates; /* events: 1: of rows that are the same in every column (of arrays: in those that are read) the
                            first is kept, the others are rejected, and rows are kept by column, whatever by_customer
                            says; default 0, or as `like` was read: they are noted where there are 2^21 rows at most */
    int id_normalise; /* 1: ids that differ by a trailing ".0", the case of letters, the width of characters, spaces or
                         zero-width characters are one, in columns as "AB001", and what is made of tables shows the
                         spelling of the customers, else the shortest, of those the first in byte order; of all tables
                         alike; default 0, or as `like` was read: they are as many as there are spellings */
    int purchases_told; /* customers: 1: transactions tell what was bought, so that no column of the customers is
                           recognised as recency, orders, spend, ... by its name: they stay plain ones; default 0 */
    const tsl_currency_rate *rates; /* by which amounts, costs and prices are converted to the currency of rate 1 as
                                       they are read, by the sign beside them, the column of the currency or the name
                                       of theirs (docs/methods/numbers.md); exactly one is 1. Default none, or those of
                                       `like`: several currencies are refused */
    size_t rate_count;
    const tsl_pseudonyms *pseudonyms;   /* what is made of the table has these in place of ids, and no message of it, no
                                           rejected row and no finding has a cell that may name somebody; of all tables
                                           alike; a view that lives as long as the table; default NULL: ids as they are */
    const tsl_suppression *suppression; /* rows of these customers are left out, and counted as TSL_REJECT_SUPPRESSED;
                                           a view; default NULL: of nobody */
} tsl_table_options;

TSL_API void tsl_table_defaults(tsl_table_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_table_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_table_check(const tsl_table_options *opt, tsl_error *err);

/* ---- Rejected rows ------------------------------------------------------- */

typedef enum tsl_reject_kind {
    TSL_REJECT_NO_CUSTOMER,
    TSL_REJECT_BAD_CELL,
    TSL_REJECT_RAGGED,
    TSL_REJECT_ENCODING,
    TSL_REJECT_AFTER_AS_OF,
    TSL_REJECT_DUPLICATE,
    TSL_REJECT_ORPHAN,
    TSL_REJECT_CONFLICT,
    TSL_REJECT_FILTERED,    /* left out by tsl_table_options.where: counted, and not told to a sink row by row */
    TSL_REJECT_TOTAL,       /* a row of totals */
    TSL_REJECT_DESCRIPTION, /* under the header, what its columns are */
    TSL_REJECT_SUPPRESSED,  /* of customers in tsl_table_options.suppression; likewise not told row by row */
    TSL_REJECT_KINDS
} tsl_reject_kind;

TSL_API const char *tsl_reject_kind_get_name(tsl_reject_kind kind); /* "no_customer", ... */

/* One rejected row; all pointers are views that die with the call. */
typedef struct tsl_reject {
    const char *file;   /* path as given; "bytes", "arrays", "Arrow stream" */
    uint64_t line;      /* where the row begins, from 1 */
    const char *column; /* header of the cell at fault, "" for the whole row */
    tsl_reject_kind kind;
    const char *text; /* of the cell, or the start of the row: at most 200 bytes, valid UTF-8 */
    const char *message;
} tsl_reject;

/* write is called once a rejected row, in order of file and line within each
 * pass, from the thread that called the library; a status other than TSL_OK
 * ends the reading with it. */
typedef struct tsl_reject_sink {
    tsl_status (*write)(void *user, const tsl_reject *reject, tsl_error *err);
    void *user;
} tsl_reject_sink;

/* ---- The table: opaque, owned ------------------------------------------------- */

typedef struct tsl_table tsl_table;

typedef struct tsl_column {
    const char *name; /* header, or the expression */
    tsl_role role;
    tsl_column_type type;
    tsl_group group; /* of a plain customers column */
    int sensitive;
    size_t missing;         /* number of missing cells in the used rows */
    const int64_t *integer; /* by type: exactly one of these three is there, `rows` long; none with by_customer */
    const double *number;
    const int32_t *code;
    const char *const *dict; /* dict_count UTF-8 texts, sorted bytewise (ordinal: by rank), distinct */
    size_t dict_count;
    size_t misfits; /* of the missing cells of a customers column: those that hold what its type, or its levels, lack */
    const uint8_t *clock; /* TSL_TYPE_TIME: bitmap, the least bit of a byte first: 1: the row has a time of day, be it
                             midnight; NULL: all rows are as tsl_table_info.clock says, or there are no cells */
} tsl_column;

#define TSL_FINDING_EXAMPLES 3

/* Where something was seen: file NULL, line 0 or text NULL: not told. */
typedef struct tsl_finding_example {
    const char *file;
    uint64_t line;
    const char *column; /* of the cell, or NULL */
    const char *text;   /* of the cell, or the start of the row */
} tsl_finding_example;

typedef struct tsl_table_finding {
    tsl_finding_kind kind;
    tsl_gate_action gate; /* what became of it: TSL_GATE_REFUSE of a refusal alone */
    const char *column;   /* header, or name of the role; NULL: of no one column */
    uint64_t count;       /* of rows, cells, files, as the kind says; 0: not told */
    size_t example_count; /* the first ones */
    tsl_finding_example example[TSL_FINDING_EXAMPLES];
    const char *message; /* a sentence without a full stop: what was seen, and the way out */
    const char *hidden;  /* the message without cells of columns that name people or orders: of a profile by what the
                            columns hold, of a table by their names; NULL: it has none */
} tsl_table_finding;

typedef struct tsl_file_info {
    const char *name;    /* path as given, or "bytes" */
    uint64_t bytes;      /* as stored */
    uint64_t bytes_text; /* after decompression */
    uint64_t rows;
    const char *compression; /* "none", "gzip", "zstd", "xz" */
    char delimiter;          /* 0: none, where fields are not divided by one */
    int header, bom;
    char sha256[65];      /* of the bytes as stored; "": not taken */
    const char *encoding; /* of text: a name of tsl_encoding_get_name; NULL of arrays and other files */
} tsl_file_info;

/* What was made of the amounts of one currency that has a rate. */
typedef struct tsl_converted {
    const char *currency; /* its code; borrowed */
    double rate;
    uint64_t amounts; /* that are in it, of the rows that were read and not rejected as they were read */
    int64_t sum,
        worth; /* of these as they were written, and as they are used, in 1/10000; TSL_MISSING_INT: too large */
} tsl_converted;

typedef struct tsl_table_info {
    uint64_t read, used, rejected; /* rows; read = used + rejected */
    uint64_t orphans;              /* rows kept whose customer the known ones lack */
    uint64_t rounded;              /* amounts and costs of used rows with more than 4 decimals, rounded half to even */
    int decimals;                  /* most decimals seen in an amount or cost, 0 to 4 */
    int row_ids;                   /* 1: the customers' ids are the numbers of their rows */
    int time_of_day;               /* 1: a time of the used rows is not midnight, 0: days only */
    int clock;                     /* 1: times, or some of them, are written with their time of day, be it midnight */
    const char *time_zone;         /* the clock of its times: the declared zone, "UTC" where several were converted to
                                      it, or "as written" */
    int64_t first_time, last_time; /* seconds, of the used rows; TSL_MISSING_INT without a time */
    size_t file_count;             /* of tsl_table_get_file */
    tsl_notes understood;          /* one line a column: "customer: CustomerID (text)" */
    tsl_notes notes;
    double seconds;
    const char *currency;   /* of the amounts: what the currency's column holds, else the code or the sign beside the
                               numbers or in the name of their column; NULL: not told */
    size_t converted_count; /* of the rates by which amounts were converted; 0: there are none */
    const tsl_converted *converted; /* in the order of their codes */
} tsl_table_info;

/* Rows of transactions of a calendar month: read, but for those that a condition leaves out; the money of those that
 * are used and of those without a customer, in 1/10000, TSL_MISSING_INT: too large, or without amounts. */
typedef struct tsl_table_month {
    int32_t first; /* its first day; TSL_NO_DAY: of rows whose day is not known */
    uint64_t read, rejected, no_customer;
    int64_t value, value_no_customer; /* the net sum of both; that of rows without a customer alone */
} tsl_table_month;

/* What the transactions that were read are worth, and what is not anybody's (docs/methods/tables.md). */
typedef struct tsl_table_quality {
    size_t month_count;
    const tsl_table_month *month; /* those that have rows, rising */
    tsl_table_month undated;
    int64_t value, value_no_customer; /* of all months and the undated ones */
    int64_t orders;                   /* different ones, by their texts; -1: not told, or too many to be counted */
    int64_t orders_no_customer;       /* of them, those none of whose rows has a customer; likewise */
    uint64_t returns;                 /* used rows with an amount below 0, */
    int64_t returns_value;            /* and its sum; TSL_MISSING_INT: as above */
    uint64_t zero_amounts;            /* used rows with an amount of 0 */
    int64_t duplicates; /* rows that are the same as another in every column; -1: they were not looked for */
} tsl_table_quality;

/* ---- Arrow's C data and stream interfaces ---------------------------------------- */

/* Laid out as https://arrow.apache.org/docs/format/CDataInterface.html and
 * CStreamInterface.html say; whoever declares them first in a program does so for all. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4
struct ArrowSchema {
    const char *format, *name, *metadata;
    int64_t flags, n_children;
    struct ArrowSchema **children, *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};
struct ArrowArray {
    int64_t length, null_count, offset, n_buffers, n_children;
    const void **buffers;
    struct ArrowArray **children, *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};
#endif
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};
#endif

/* ---- Making tables ----------------------------------------------------------------- */

/* One column in the caller's memory; a view. */
typedef struct tsl_array {
    const char *name;         /* of the column, UTF-8; NULL or "": c1, c2, ... by its place */
    tsl_role role;            /* as if mapped; TSL_ROLE_NONE: by its name or the options */
    tsl_dtype dtype;          /* of the values */
    const void *data;         /* first value */
    size_t stride;            /* bytes from one value to the next; 0: they lie close together */
    const uint8_t *valid;     /* bitmap, one bit a row, the least bit of a byte first: 0 is missing; NULL: none is */
    const char *const *level; /* texts that codes stand for, UTF-8, distinct; TSL_CODE32 */
    size_t level_count;
    int scale; /* of TSL_DECIMAL64, 0 to 18 */
} tsl_array;

/* Reads all sources, CSV files (JSON Lines, workbooks and tables in HDF5 files, also
 * FILE.h5:/group, likewise), as one table, whose columns are those of all of them: pipes
 * are therefore all opened first. known: customers table, view, or NULL: rows of
 * others are counted as orphans; rejects: view, NULL: rejected rows are counted
 * only. Errors: TSL_E_NOT_FOUND (no such file; no column for a required role),
 * TSL_E_INPUT (empty, header only, ambiguous dates or decimal marks, too many
 * rejects, unterminated quote, several currencies, no usable row, a finding that gates refuse), TSL_E_FORMAT
 * (a broken compressed stream), TSL_E_NOMEM (also: a compressed stream needs over
 * 512 MiB by xz, 128 MiB by zstd), TSL_E_IO, TSL_E_OPTION (a mapped column or
 * expression that does not exist or does not parse; known customers whose ids are
 * row numbers, which no other table can name), TSL_E_CANCELLED. Cost: one pass on
 * one thread, memory about 8 bytes a cell kept and the distinct texts. On failure
 * *out is NULL. */
TSL_API TSL_FALLIBLE tsl_status tsl_table_read(tsl_table_kind kind, const tsl_source *sources, size_t source_count,
                                               const tsl_table *known, const tsl_reject_sink *rejects,
                                               const tsl_table_options *opt, const tsl_exec *exec, tsl_table **out,
                                               tsl_error *err);
/* The same of arrays of `rows` values each. Their cells are checked and typed as
 * if they stood in a CSV file: floats by the fewest digits that read back the same
 * (NaN is missing), days and times as they are, codes by their texts. A code that
 * stands for nothing or a text that is no UTF-8 rejects its row, or is missing
 * where the column is optional; so does an id, key or other text in floats beyond
 * 2^53 - 1 (2^24 - 1 in 4 bytes, 2^11 - 1 in 2), which may have been another one. A
 * level that stands twice, or arrays that cannot be, are TSL_E_OPTION. */
TSL_API TSL_FALLIBLE tsl_status tsl_table_build(tsl_table_kind kind, const tsl_array *arrays, size_t array_count,
                                                size_t rows, const tsl_table *known, const tsl_reject_sink *rejects,
                                                const tsl_table_options *opt, const tsl_exec *exec, tsl_table **out,
                                                tsl_error *err);
/* The same of all batches of a stream of records, which is always released, also
 * on failure. Columns that are used may be null, boolean, integers, float16 to
 * float64, decimal128 of scale 0 to 38, utf8, large_utf8, utf8_view, date32,
 * date64, timestamps, and dictionaries of all these; others are TSL_E_INPUT, and so
 * are arrays that are not there or not as their schema says, and texts whose offsets
 * fall or whose views lie outside of their buffers. A producer is trusted for its
 * pointers and for the lengths of buffers that the interface does not tell.
 * Timestamps are cut to seconds; those of a zone are taken to its clock, or to that
 * of opt->timezone. A zone that is neither UTC, nor an offset ("+08:00"), nor one of
 * the system's time zone database ("Asia/Shanghai") is TSL_E_INPUT. */
TSL_API TSL_FALLIBLE tsl_status tsl_table_build_arrow(tsl_table_kind kind, struct ArrowArrayStream *stream,
                                                      const tsl_table *known, const tsl_reject_sink *rejects,
                                                      const tsl_table_options *opt, const tsl_exec *exec,
                                                      tsl_table **out, tsl_error *err);
/* Which table a CSV file is, by the names of its columns and its first rows:
 * transactions have a customer, a time and an amount; interactions a customer, a
 * time and what was done, for how long or over how many pages, and no amount;
 * customers an id that stands once, and no time of a purchase. opt: what is asked of
 * each kind of table, TSL_TABLE_KINDS of them, each NULL for the defaults; or NULL.
 * A role that is mapped to a column which the file lacks says that it is no such
 * table. reason: the columns that tell, "CustomerID (customer), ...", or NULL.
 * TSL_E_INPUT: it may be several, or lacks what one must have: the message says what
 * is missing; TSL_E_OPTION: standard input or a pipe, which cannot be read twice;
 * and what tsl_table_read says of a file that cannot be read. */
#define TSL_REASON_BYTES 480
TSL_API TSL_FALLIBLE tsl_status tsl_table_kind_read(const tsl_source *source, const tsl_table_options *const *opt,
                                                    tsl_table_kind *kind, char reason[TSL_REASON_BYTES],
                                                    tsl_error *err);
TSL_API void tsl_table_free(tsl_table *table); /* NULL is fine */

/* Everything below is borrowed of the table. */
TSL_API tsl_table_kind tsl_table_get_kind(const tsl_table *table);
TSL_API size_t tsl_table_get_rows(const tsl_table *table);
TSL_API size_t tsl_table_get_column_count(const tsl_table *table);
/* Customers: the id is the first; rows are sorted by it, and it is distinct. NULL beyond the last. */
TSL_API const tsl_column *tsl_table_get_column(const tsl_table *table, size_t index);
TSL_API const tsl_column *tsl_table_get_role(const tsl_table *table, tsl_role role); /* NULL: no column has it */
TSL_API const tsl_table_info *tsl_table_get_info(const tsl_table *table);
TSL_API uint64_t tsl_table_get_rejected(const tsl_table *table, tsl_reject_kind kind); /* rows; add up to rejected */
/* The files of the table, then those of the lookups; NULL beyond the last. */
TSL_API const tsl_file_info *tsl_table_get_file(const tsl_table *table, size_t index);
/* What is amiss: rejected rows by kind, then in the order of the notes; NULL beyond the last. */
TSL_API const tsl_table_finding *tsl_table_get_finding(const tsl_table *table, size_t index);
/* A note of its info, without the cells that name people: as its findings tell it; NULL beyond the last. */
TSL_API const char *tsl_table_get_note(const tsl_table *table, size_t index);
/* NULL of what are no transactions. */
TSL_API const tsl_table_quality *tsl_table_get_quality(const tsl_table *table);
/* How it was read, as far as the user said it or the data proved it, as JSON in
 * a stable order (docs/formats.md): mapped roles, declared columns, delimiter,
 * header and order of dates as declared; orders of day and month as proven. For
 * tsl_table_options.like. */
TSL_API const char *tsl_table_get_reading(const tsl_table *table);

/* ---- A table as it stands, column by column -------------------------------- */

#define TSL_PROFILE_QUANTILES 7 /* of 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, of type 7 (Hyndman & Fan 1996) */
#define TSL_PROFILE_BINS 20
#define TSL_PROFILE_FREQUENT 10
#define TSL_PROFILE_DISTINCT 1000000 /* texts of a column that are kept apart; or 64 MiB of them */

typedef struct tsl_frequent_value {
    const char *text; /* as it stands in the file, at most 200 bytes */
    uint64_t rows;
} tsl_frequent_value;

/* One column of the files, whatever it is for, of all rows that have as many fields as they should. Figures are of the
 * cells as they stand, before a unit is applied. */
typedef struct tsl_column_profile {
    const char *name;
    tsl_role role;        /* as a table has it; TSL_ROLE_NONE also where the table was refused before that was known */
    tsl_column_type type; /* of a role its own; else as plain columns of customers are typed, TSL_TYPE_TEXT where texts
                             hardly repeat or there are none */
    int derived;          /* 1: no column of the files, but an expression over some, of the rows that are used */
    int personal;         /* 1: it names people or orders: its values are not to be shown unless asked for */
    uint64_t rows;        /* missing ones included */
    uint64_t missing;     /* empty cells, and texts that say so */
    uint64_t misfits;     /* cells that are there, but none of its type */
    uint64_t distinct;    /* texts, of a derived column values */
    int exact;            /* 0: there are more of them; quantiles, bins and frequent values are not known then */
    int has_range; /* 1: numbers or times: the next six are known, times in seconds (docs/formats.md), without sum
                      and mean. The sum is exact before it is a double */
    double low, high, sum, mean;
    double quantile[TSL_PROFILE_QUANTILES];
    size_t bin_count; /* of equal width from low to high; 1 where both are the same, 0: not known */
    uint64_t bin[TSL_PROFILE_BINS];
    size_t frequent_count; /* of equally frequent ones those that are first bytewise */
    tsl_frequent_value frequent[TSL_PROFILE_FREQUENT];
} tsl_column_profile;

typedef struct tsl_table_profile {
    tsl_table_kind kind;
    uint64_t read, used, rejected; /* rows; used is 0 where the table is refused */
    int refused;                   /* 1: tsl_table_read refuses it, for one of the findings */
    size_t column_count;
    tsl_column_profile *column; /* in the order of the files, then the derived ones */
    size_t finding_count;
    const tsl_table_finding *finding;
    tsl_notes understood, notes; /* as of tsl_table_info */
    size_t file_count;
    tsl_file_info *file;
    const char *reading; /* as of tsl_table_get_reading; NULL where it is refused */
    int64_t first_time, last_time;
    double seconds;
} tsl_table_profile;

/* Reads all sources twice: column by column, and as tsl_table_read does. What that refuses is a finding here. table:
 * the table, owned, NULL where it is refused; may be NULL itself. TSL_E_NOT_FOUND, TSL_E_INPUT, TSL_E_FORMAT, TSL_E_IO:
 * a file cannot be read at all: it is not there, is empty or no table. TSL_E_OPTION: the options; standard input or a
 * pipe, which cannot be read twice. Memory: that of the table, and the distinct texts. Owned. */
TSL_API TSL_FALLIBLE tsl_status tsl_table_profile_read(tsl_table_kind kind, const tsl_source *sources, size_t count,
                                                       const tsl_table *known, const tsl_table_options *opt,
                                                       const tsl_exec *exec, tsl_table_profile **out, tsl_table **table,
                                                       tsl_error *err);
TSL_API void tsl_table_profile_free(tsl_table_profile *profile); /* NULL is fine */

/* ---- Plain numeric data, for `tesela cluster DATA` ---------------------- */

typedef struct tsl_data_options {
    size_t size;
    const char *id;            /* CSV: column kept as row names; default NULL: none */
    const char *const *ignore; /* columns left out, by name or 1-based "#4" */
    size_t ignore_count;
    int header;         /* as in tsl_table_options */
    char delimiter;     /* likewise */
    const char *weight; /* column that says how often each row counts, by name or 1-based "#4" (of an array: "c4", too);
                           it is no column of the matrix then; default NULL: none */
    tsl_encoding encoding;              /* of texts, as in tsl_table_options */
    const char *sheet;                  /* of workbooks, likewise */
    const tsl_pseudonyms *pseudonyms;   /* in place of ids, as in tsl_table_options; default NULL */
    const tsl_suppression *suppression; /* rows of these ids are left out, and noted; likewise */
} tsl_data_options;

TSL_API void tsl_data_defaults(tsl_data_options *opt, size_t size);
TSL_API TSL_FALLIBLE tsl_status tsl_data_check(const tsl_data_options *opt, tsl_error *err);

typedef struct tsl_data {
    size_t rows, cols;
    const double *values; /* rows x cols, row-major; all finite */
    char **name;          /* of the cols columns ("c1", ... where there are none) */
    char **id;            /* names of the rows, or NULL */
    const tsl_file_info *file;
    tsl_notes notes;
    double *weight;    /* rows, each at least 0 and finite; NULL: none were asked for */
    char *weight_name; /* of their column, or NULL */
} tsl_data;

/* Reads a matrix: CSV, JSON Lines (also compressed), an Excel workbook; .npy of two dimensions, either order of
 * rows and of bytes: f2, f4, f8, i1 to i8, u1 to u8, bool; or an array of an HDF5
 * file by the path FILE.h5:/array. Bytes are what they begin as. Every cell must be
 * a finite number, and what is written or stored as a whole number at most 2^53 - 1,
 * beyond which doubles lose digits: otherwise TSL_E_INPUT with the place, rows of
 * arrays from 1. A column of texts is named in the message with the way to leave it
 * out. A negative weight is TSL_E_INPUT with its row, from 1. */
TSL_API TSL_FALLIBLE tsl_status tsl_data_read(const tsl_source *source, const tsl_data_options *opt,
                                              const tsl_exec *exec, tsl_data **out, tsl_error *err);
TSL_API void tsl_data_free(tsl_data *data); /* NULL is fine */

/* ---- Labels of any tool -------------------------------------------------- */

typedef struct tsl_partition_options {
    size_t size;
    const char *column;    /* that holds the labels, by name or 1-based "#4"; default NULL: found out */
    const char *id;        /* column that names the rows, likewise; default NULL: "customer_id" or "id", or none */
    int header;            /* as in tsl_table_options */
    char delimiter;        /* likewise */
    tsl_encoding encoding; /* likewise */
} tsl_partition_options;

TSL_API void tsl_partition_defaults(tsl_partition_options *opt, size_t size);
TSL_API TSL_FALLIBLE tsl_status tsl_partition_check(const tsl_partition_options *opt, tsl_error *err);

/* One label a row. */
typedef struct tsl_partition {
    size_t rows;
    int32_t *label; /* 0 to k - 1; -1: none stands there */
    int k;
    char **name;              /* k: the labels as texts: by number where all are numbers, else by their bytes */
    char **id;                /* names of the rows, or NULL */
    char *column, *id_column; /* what the columns are called; id_column NULL: none */
    uint64_t unlabelled;      /* rows */
    const tsl_file_info *file;
} tsl_partition;

/* Reads labels, which may be any texts or numbers: files as of a table, or .npy of
 * one or two dimensions. The column of the labels, where it is not named: the only one
 * beside the ids, else one called cluster, segment, label or class (also in the plural). Empty cells
 * and NaN are no labels. TSL_E_OPTION: a column that is not there, or cannot be found out;
 * TSL_E_INPUT: rows that cannot be read. */
TSL_API TSL_FALLIBLE tsl_status tsl_partition_read(const tsl_source *source, const tsl_partition_options *opt,
                                                   const tsl_exec *exec, tsl_partition **out, tsl_error *err);
TSL_API void tsl_partition_free(tsl_partition *partition); /* NULL is fine */

#ifdef __cplusplus
}
#endif
#endif
