/* show_model.c: a model's rules and a features file's catalogue on standard
 * output. */
#include "cli/show/show_summary.h"

#include "cli/arena.h"
#include "cli/fail.h"
#include "cli/show/print.h"

/* ---- Rules ---------------------------------------------------------------------- */

/* A text is for people, what else a tree is written as for programs; each comes in one piece. */
static tsl_status take_text(void *user, const void *bytes, size_t count, tsl_error *err)
{
    const tsl_rules_format *format = user;
    (void)err;
    if (*format == TSL_RULES_TEXT) {
        cli_print("%.*s", (int)count, (const char *)bytes);
    } else {
        cli_put(bytes, count);
    }
    return TSL_OK;
}

tsl_status cli_show_rules(const tsl_segmentation *segmentation, const tsl_rules_options *opt, tsl_error *err)
{
    tsl_rules_format format = opt->format;
    return tsl_rules_write(segmentation, opt, &(tsl_target){.write = take_text, .user = &format}, err);
}

tsl_status cli_show_explanation(const tsl_explanation *explanation, tsl_rules_format format, const char *lang,
                                tsl_error *err)
{
    return tsl_explanation_write(explanation, format, lang, &(tsl_target){.write = take_text, .user = &format}, err);
}

/* ---- The catalogue ---------------------------------------------------------------- */

static const char *get_use(const tsl_features *features, size_t index)
{
    const tsl_feature *feature = &features->feature[index];
    const tsl_vector *vector = &features->vector[feature->group];
    for (size_t c = 0; c < vector->cols; c++) {
        if (vector->column[c].feature == index) {
            return feature->sensitive ? "sensitive" : "vector";
        }
    }
    return feature->outcome ? "outcome" : feature->sensitive ? "sensitive" : feature->profile ? "profile" : "";
}

static tsl_status add_feature(cli_text_table *grid, const tsl_features *features, size_t index, const char *lang,
                              tsl_error *err)
{
    const tsl_feature *feature = &features->feature[index];
    tsl_spread spread;
    tsl_status status = tsl_features_get_spread(features, index, &spread, err);
    cli_text_table_add(grid, feature->name);
    cli_text_table_add(grid, cli_translate(tsl_group_get_name(feature->group), lang));
    cli_text_table_add(grid, cli_translate(get_use(features, index), lang));
    cli_text_table_add(grid, feature->unit);
    cli_text_table_share(grid, spread.missing);
    cli_text_table_short(grid, spread.mean);
    cli_text_table_short(grid, spread.p05);
    cli_text_table_short(grid, spread.median);
    cli_text_table_short(grid, spread.p95);
    return status;
}

tsl_status cli_show_features(const tsl_features *features, const char *lang, tsl_error *err)
{
    static const char *const heads[] = {"Feature", "Group", "Use", "Unit", "Missing", "Mean", "5 %", "Median", "95 %"};
    cli_text_table grid = {.columns = sizeof heads / sizeof *heads, .align = "wlllrrrrr"};
    tsl_status status = TSL_OK;
    for (size_t c = 0; c < grid.columns; c++) {
        cli_text_table_add(&grid, cli_translate(heads[c], lang));
    }
    for (size_t f = 0; f < features->feature_count; f++) {
        CLI_TRY(add_feature(&grid, features, f, lang, err));
    }
    cli_text_table_print(&grid);
done:
    return status;
}
