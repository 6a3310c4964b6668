/* rules_write.c: the table of the formats that a tree can be written in, and the door to them. */
#include "output/export/export.h"

#include "base/error.h"
#include "base/options.h"
#include "output/write.h"

#include <stdlib.h>

typedef struct format_row {
    const char *name;
    tsl_status (*put)(const tsl__export *of, tsl__text *out, tsl_error *err);
} format_row;

static const format_row formats[TSL_RULES_FORMATS] = {
    [TSL_RULES_TEXT] = {"text", tsl__export_text}, [TSL_RULES_SQL] = {"sql", tsl__export_sql},
    [TSL_RULES_JSON] = {"json", tsl__export_json}, [TSL_RULES_PMML] = {"pmml", tsl__export_pmml},
    [TSL_RULES_SVG] = {"svg", tsl__export_svg},
};

static const char *const dialects[TSL_SQL_DIALECTS] = {
    [TSL_SQL_POSTGRESQL] = "postgresql",
    [TSL_SQL_DUCKDB] = "duckdb",
    [TSL_SQL_SQLITE] = "sqlite",
    [TSL_SQL_BIGQUERY] = "bigquery",
};

const char *tsl_rules_format_get_name(tsl_rules_format format)
{
    return (unsigned)format < TSL_RULES_FORMATS ? formats[format].name : "?";
}

const char *tsl_sql_dialect_get_name(tsl_sql_dialect dialect)
{
    return (unsigned)dialect < TSL_SQL_DIALECTS ? dialects[dialect] : "?";
}

void tsl_rules_defaults(tsl_rules_options *opt, size_t size)
{
    const tsl_rules_options full = {
        .size = sizeof full, .table = "customer_features", .id = "customer_id", .lang = "en"};
    tsl__options_give(opt, size, &full, sizeof full);
}

/* The query's other columns: databases that fold case could not tell its key from them. */
static tsl_status check_id(const char *id, tsl_error *err)
{
    static const char *const taken[] = {"segment", "segment_name", "segment_code"};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        if (tsl__is_same_folded(id, taken[i])) {
            return tsl__error_set(err, TSL_E_OPTION, "id: \"%s\" is what the query calls a column of its own", id);
        }
    }
    return TSL_OK;
}

static tsl_status take_options(const tsl_rules_options *given, tsl_rules_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int lang;
    TSL_DEFAULTS(rules, opt);
    TSL__TRY(tsl__options_take("rules", opt, sizeof *opt, given, err));
    if ((unsigned)opt->format >= TSL_RULES_FORMATS) {
        return tsl__error_set(err, TSL_E_OPTION, "format: unknown one %d", (int)opt->format);
    }
    if ((unsigned)opt->dialect >= TSL_SQL_DIALECTS) {
        return tsl__error_set(err, TSL_E_OPTION, "dialect: unknown one %d", (int)opt->dialect);
    }
    if (!opt->table || !opt->table[0] || !opt->id || !opt->id[0]) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: has no name", !opt->table || !opt->table[0] ? "table" : "id");
    }
    TSL__TRY(check_id(opt->id, err));
    TSL__TRY(tsl_lang_read(opt->lang, &lang, err));
done:
    return status;
}

tsl_status tsl_rules_check(const tsl_rules_options *opt, tsl_error *err)
{
    tsl_rules_options full;
    tsl__error_reset(err);
    return take_options(opt, &full, err);
}

tsl_status tsl_rules_write(const tsl_segmentation *segmentation, const tsl_rules_options *opt, const tsl_target *target,
                           tsl_error *err)
{
    tsl_rules_options full;
    tsl__export of = {0};
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(take_options(opt, &full, err));
    TSL__TRY(tsl__export_open(segmentation, &full, &of, err));
    TSL__TRY(formats[full.format].put(&of, &text, err));
    TSL__TRY(text.failed ? tsl__error_nomem(err) : TSL_OK);
    TSL__TRY(tsl__write_whole(text.data, text.length, target, err));
done:
    tsl__text_free(&text);
    tsl__export_free(&of);
    return status;
}
