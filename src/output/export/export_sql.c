/* export_sql.c: a tree as one query: a flat CASE, one WHEN a leaf.
 *
 * Each threshold stands there so that the database reads the very double that it is, and each
 * condition says what becomes of NULL. */
#include "output/export/export.h"

#include "base/error.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What sets the dialects apart. */
typedef struct dialect_row {
    char quote;          /* around names */
    int backslash;       /* 1: a quote within quotes has \ before it; 0: it stands twice */
    const char *integer; /* the type that a boolean is cast to */
    int whole_name;      /* 1: the parts of a table's name are quoted as one */
    const char *prints;  /* how it is called to a reader */
} dialect_row;

static const dialect_row dialects[TSL_SQL_DIALECTS] = {
    [TSL_SQL_POSTGRESQL] = {'"', 0, "INTEGER", 0, "PostgreSQL"},
    [TSL_SQL_DUCKDB] = {'"', 0, "INTEGER", 0, "DuckDB"},
    [TSL_SQL_SQLITE] = {'"', 0, "INTEGER", 0, "SQLite"},
    [TSL_SQL_BIGQUERY] = {'`', 1, "INT64", 1, "BigQuery"},
};

/* ---- Names, texts, numbers ------------------------------------------------------ */

/* Of backslashes alone a line end needs one, too. */
static void put_quoted(const dialect_row *dialect, char quote, const char *text, size_t length, tsl__text *out)
{
    tsl__text_append(out, &quote, 1);
    for (size_t i = 0; i < length; i++) {
        const char c = text[i];
        if (dialect->backslash && (c == '\n' || c == '\r')) {
            tsl__text_puts(out, c == '\n' ? "\\n" : "\\r");
            continue;
        }
        if (dialect->backslash && (c == quote || c == '\\')) {
            tsl__text_puts(out, "\\");
        } else if (c == quote) {
            tsl__text_append(out, &quote, 1);
        }
        tsl__text_append(out, &c, 1);
    }
    tsl__text_append(out, &quote, 1);
}

static void put_name(const dialect_row *dialect, const char *name, tsl__text *out)
{
    put_quoted(dialect, dialect->quote, name, strlen(name), out);
}

static void put_literal(const dialect_row *dialect, const char *text, tsl__text *out)
{
    put_quoted(dialect, '\'', text, strlen(text), out);
}

/* "schema"."table", or `project.schema.table`. */
static void put_table(const dialect_row *dialect, const char *name, tsl__text *out)
{
    for (const char *dot; !dialect->whole_name && (dot = strchr(name, '.')) != NULL; name = dot + 1) {
        put_quoted(dialect, dialect->quote, name, (size_t)(dot - name), out);
        tsl__text_puts(out, ".");
    }
    put_name(dialect, name, out);
}

/* A comment ends with its line. */
static void put_comment(const char *text, tsl__text *out)
{
    for (; *text; text++) {
        const char c = (unsigned char)*text < 0x20 || *text == 0x7F ? ' ' : *text;
        tsl__text_append(out, &c, 1);
    }
}

/* Reads the digits of a shortest decimal: value = whole / 10^places, whole < 2^53; 0: it is no such number. */
static int is_plain(const char *digits, uint64_t *whole, int *places)
{
    int point = 0;
    *whole = 0;
    *places = 0;
    for (const char *c = digits[0] == '-' ? digits + 1 : digits; *c; c++) {
        if (*c == '.') {
            point = 1;
        } else if (!tsl__is_digit(*c) || *whole > TSL__GREATEST_WHOLE / 10 - 1) {
            return 0;
        } else {
            *whole = *whole * 10 + (uint64_t)(*c - '0');
            *places += point;
        }
    }
    return 1;
}

/* A whole number and powers of two, each step of which is exact. */
static void put_exact(double value, const char *digits, tsl__text *out)
{
    int exponent;
    const double whole = ldexp(frexp(fabs(value), &exponent), 53);
    exponent -= 53;
    tsl__text_printf(out, "(%s%.0f.0", value < 0 ? "-" : "", whole);
    while (exponent != 0) {
        const int step = exponent > 52 ? 52 : exponent < -52 ? -52 : exponent;
        tsl__text_printf(out, " %c %.0f.0", step > 0 ? '*' : '/', ldexp(1, abs(step)));
        exponent -= step;
    }
    tsl__text_printf(out, " /* %s */)", digits);
}

/* SQLite reads decimals by way of a long double, which may round twice; not so with up to four places: then no decimal
 * lies within 2^-64 of the middle between two doubles, unless on it (5^4 < 2^10). Of more places a quotient of
 * whole numbers is rounded once, to the decimal's own double. */
static void put_for_sqlite(double value, const char *digits, tsl__text *out)
{
    uint64_t whole;
    int places;
    if (!is_plain(digits, &whole, &places) || places > 15) {
        put_exact(value, digits, out);
    } else if (places > 4) {
        tsl__text_printf(out, "(%s%" PRIu64 ".0 / %" PRIu64 ".0 /* %s */)", value < 0 ? "-" : "", whole,
                         tsl__tens[places], digits);
    } else {
        tsl__text_puts(out, digits);
    }
}

static void put_number(const tsl__export *of, double value, tsl__text *out)
{
    char digits[32];
    uint64_t whole;
    int places;
    tsl__double_write(value, digits);
    if (of->opt.dialect == TSL_SQL_SQLITE) {
        put_for_sqlite(value, digits, out);
    } else if (of->opt.dialect == TSL_SQL_DUCKDB && !strchr(digits, 'e') && !is_plain(digits, &whole, &places)) {
        tsl__text_printf(out, "%se0", digits); /* a double, not a DECIMAL, which may round twice likewise */
    } else {
        tsl__text_puts(out, digits);
    }
}

/* ---- Conditions ------------------------------------------------------------------- */

/* What a condition is put together from. */
typedef struct sql_voice {
    const tsl__export *of;
    const dialect_row *dialect;
    tsl__text column; /* c."name" of the column at hand */
} sql_voice;

static void put_column(const sql_voice *voice, tsl__text *out)
{
    tsl__text_puts(out, voice->column.data ? voice->column.data : "");
}

/* [NOT] IN (...), or = and <>: the value is that of the level, or is not. */
static void put_level(const sql_voice *voice, size_t column, int yes, tsl__text *out)
{
    const int rest = tsl__export_is_rest(voice->of, column);
    size_t at = 0;
    if (rest && !tsl__export_next_level(voice->of, column, &at)) { /* the rest of nothing is everything */
        put_column(voice, out);
        tsl__text_puts(out, yes ? " IS NOT NULL" : " = NULL");
        return;
    }
    at = 0;
    put_column(voice, out);
    tsl__text_puts(out, rest ? (yes ? " NOT IN (" : " IN (") : yes ? " = " : " <> ");
    for (const char *level, *lead = ""; (level = tsl__export_next_level(voice->of, column, &at)) != NULL; lead = ", ") {
        tsl__text_puts(out, lead);
        put_literal(voice->dialect, level, out);
    }
    tsl__text_puts(out, rest ? ")" : "");
}

/* A cast, so that the column may be a boolean or a number. */
static void put_boolean(const sql_voice *voice, int yes, tsl__text *out)
{
    tsl__text_puts(out, "CAST(");
    put_column(voice, out);
    tsl__text_printf(out, " AS %s) = %d", voice->dialect->integer, yes);
}

static void put_range(const sql_voice *voice, const tsl_tree_bound *bound, tsl__text *out)
{
    const int low = !isinf(bound->low), high = !isinf(bound->high);
    if (low) {
        put_column(voice, out);
        tsl__text_puts(out, " > ");
        put_number(voice->of, bound->low, out);
    }
    tsl__text_puts(out, low && high ? " AND " : "");
    if (high) {
        put_column(voice, out);
        tsl__text_puts(out, " <= ");
        put_number(voice->of, bound->high, out);
    }
}

/* What of the known values passes: none, some, all. */
typedef enum known_part { KNOWN_NONE, KNOWN_SOME, KNOWN_ALL } known_part;

static known_part get_known(const tsl_tree_column *column, const tsl_tree_bound *bound)
{
    const tsl__export_pass pass = tsl__export_get_pass(bound);
    if (column->form != TSL_TREE_NUMBER) {
        return pass.no && pass.yes ? KNOWN_ALL : pass.no || pass.yes ? KNOWN_SOME : KNOWN_NONE;
    }
    return !tsl__export_is_possible(bound) ? KNOWN_NONE : tsl__export_is_open(bound) ? KNOWN_ALL : KNOWN_SOME;
}

/* The condition on known values, where some pass and some do not; NULL makes it unknown, which is not taken. */
static void put_some(const sql_voice *voice, const tsl_tree_bound *bound, tsl__text *out)
{
    const size_t column = (size_t)bound->column;
    switch (voice->of->tree->column[column].form) {
    case TSL_TREE_LEVEL:
        put_level(voice, column, tsl__export_get_pass(bound).yes, out);
        break;
    case TSL_TREE_BOOLEAN:
        put_boolean(voice, tsl__export_get_pass(bound).yes, out);
        break;
    default:
        put_range(voice, bound, out);
    }
}

/* One bound; 0 where everything passes, and nothing is written. */
static int put_bound(sql_voice *voice, const tsl_tree_bound *bound, const char *lead, tsl__text *out)
{
    const known_part known = get_known(&voice->of->tree->column[bound->column], bound);
    if (known == KNOWN_ALL && bound->missing) {
        return 0;
    }
    tsl__text_clear(&voice->column);
    tsl__text_puts(&voice->column, "c.");
    put_name(voice->dialect, voice->of->field[voice->of->field_of[bound->column]].name, &voice->column);
    tsl__text_puts(out, lead);
    if (known == KNOWN_NONE && !bound->missing) {
        tsl__text_puts(out, "1 = 0");
    } else if (known == KNOWN_SOME) {
        tsl__text_puts(out, bound->missing ? "(" : "");
        put_some(voice, bound, out);
        if (bound->missing) {
            tsl__text_puts(out, " OR ");
            put_column(voice, out);
            tsl__text_puts(out, " IS NULL)");
        }
    } else {
        put_column(voice, out);
        tsl__text_puts(out, known == KNOWN_ALL ? " IS NOT NULL" : " IS NULL");
    }
    return 1;
}

static void put_leaf(sql_voice *voice, const tsl_tree_path *path, tsl__text *out)
{
    int some = 0;
    tsl__text_puts(out, "            WHEN ");
    for (size_t b = 0; b < path->count; b++) {
        some |= put_bound(voice, &path->bound[b], some ? " AND " : "", out);
    }
    tsl__text_printf(out, "%s THEN %d\n", some ? "" : "1 = 1",
                     tsl_policy_get_number(voice->of->policy, (size_t)path->cluster));
}

/* ---- What stands above -------------------------------------------------------------- */

/* "Gender: text, one of the values of the customers' column". */
static void put_field(const tsl__export *of, const tsl__export_field *field, tsl__text *out)
{
    const tsl_feature *feature = of->feature[field->column];
    const tsl_tree_form form = of->tree->column[field->column].form;
    tsl__text_puts(out, "--   ");
    put_comment(field->name, out);
    tsl__text_puts(out, form == TSL_TREE_LEVEL     ? ": text"
                        : form == TSL_TREE_BOOLEAN ? ": boolean, or 1 for yes and 0 for no"
                                                   : ": number");
    if (feature && form == TSL_TREE_NUMBER) {
        if (feature->unit[0]) {
            tsl__text_puts(out, ", in ");
            put_comment(feature->unit, out);
        }
        tsl__text_puts(out, feature->definition[0] ? "; " : "");
        put_comment(feature->definition, out);
    }
    if (form != TSL_TREE_NUMBER && feature) {
        tsl__text_puts(out, "; customers column, as it is");
    }
    tsl__text_puts(out, "\n");
    for (size_t i = 0; form == TSL_TREE_NUMBER && feature && i < feature->known_count; i++) {
        tsl__text_printf(out, "--     %zu: ", i + 1); /* the levels of an ordinal column, by rank */
        put_comment(feature->known[i], out);
        tsl__text_puts(out, "\n");
    }
}

static void put_head(const tsl__export *of, const dialect_row *dialect, tsl__text *out)
{
    tsl__text_printf(out, "-- Segments of customers, by the %s tree of a model of Tesela %s; for %s.\n-- ",
                     of->model->by_tree ? "target's" : "explanation", tsl_version_get(), dialect->prints);
    if (of->model->by_tree) {
        tsl__text_puts(out, "Its leaves are the segments");
    } else {
        tsl__text_puts(out, "The tree puts ");
        tsl__export_put_share(of->tree->agreement, out);
        tsl__text_puts(out, " of the customers of the fit into the segment of their nearest centre");
    }
    tsl__text_puts(out, ".\n--\n-- Table ");
    put_comment(of->opt.table, out);
    tsl__text_puts(out, ": one row a customer, named by ");
    put_comment(of->opt.id, out);
    tsl__text_puts(out, ", with the columns\n");
    for (size_t f = 0; f < of->field_count; f++) {
        put_field(of, &of->field[f], out);
    }
    tsl__text_puts(out,
                   "-- They are the features of these names in features.h5 (tesela features --like MODEL.h5), of a "
                   "category the\n-- customers' own column. A missing value is NULL, never NaN or an empty text.\n");
}

/* CASE s.segment WHEN 1 THEN 'Loyal' ... END AS segment_name; code: 1: the codes instead. */
static void put_translation(const tsl__export *of, const dialect_row *dialect, int code, tsl__text *out)
{
    tsl__text name = {0};
    tsl__text_puts(out, "    CASE s.segment\n");
    for (int s = 0; s < of->tree->k; s++) {
        tsl__text_clear(&name);
        if (code) {
            tsl__text_puts(&name, tsl__export_get_code(of, s));
        } else {
            tsl__export_put_name(of, s, of->lang, &name);
        }
        if (name.data && name.data[0]) {
            tsl__text_printf(out, "        WHEN %d THEN ", tsl_policy_get_number(of->policy, (size_t)s));
            put_literal(dialect, name.data, out);
            tsl__text_puts(out, "\n");
        }
    }
    tsl__text_printf(out, "    END AS segment_%s", code ? "code" : "name");
    out->failed |= name.failed;
    tsl__text_free(&name);
}

static int has_codes(const tsl__export *of)
{
    int some = 0;
    for (int s = 0; s < of->tree->k; s++) {
        some |= tsl__export_get_code(of, s)[0] != '\0';
    }
    return some;
}

tsl_status tsl__export_sql(const tsl__export *of, tsl__text *out, tsl_error *err)
{
    const dialect_row *dialect = &dialects[of->opt.dialect];
    sql_voice voice = {.of = of, .dialect = dialect};
    put_head(of, dialect, out);
    tsl__text_puts(out, "SELECT\n    s.");
    put_name(dialect, of->opt.id, out);
    tsl__text_puts(out, ",\n    s.segment,\n");
    put_translation(of, dialect, 0, out);
    if (has_codes(of)) {
        tsl__text_puts(out, ",\n");
        put_translation(of, dialect, 1, out);
    }
    tsl__text_puts(out, "\nFROM (\n    SELECT\n        c.");
    put_name(dialect, of->opt.id, out);
    tsl__text_puts(out, ",\n        CASE\n");
    for (size_t p = 0; p < of->path_count; p++) {
        put_leaf(&voice, &of->path[p], out);
    }
    tsl__text_puts(out, "        END AS segment\n    FROM ");
    put_table(dialect, of->opt.table, out);
    tsl__text_puts(out, " AS c\n) AS s;\n");
    out->failed |= voice.column.failed;
    tsl__text_free(&voice.column);
    return out->failed ? tsl__error_nomem(err) : TSL_OK;
}
