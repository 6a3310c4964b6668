/* show_model.c: a model's rules on standard output. */
#include "cli/show/show_summary.h"

#include "cli/show/print.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

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
