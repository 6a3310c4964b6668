/* explanation_write.c: the explanation of one customer, as text or JSON. */
#include "output/json/explanation_json.h"
#include "output/wording/explanation_wording.h"

#include "base/error.h"
#include "output/write.h"

tsl_status tsl_explanation_write(const tsl_explanation *explanation, tsl_rules_format format, const char *lang,
                                 const tsl_target *target, tsl_error *err)
{
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    int index;
    tsl__error_reset(err);
    TSL__TRY(tsl_lang_read(lang, &index, err));
    if (format != TSL_RULES_TEXT && format != TSL_RULES_JSON) {
        return tsl__error_set(err, TSL_E_OPTION, "format: a customer is explained as text or json, not as %s",
                              tsl_rules_format_get_name(format));
    }
    TSL__TRY(format == TSL_RULES_JSON ? tsl__explanation_put_json(explanation, &text, err)
                                      : tsl__explanation_put(explanation, lang, &text, err));
    TSL__TRY(text.failed ? tsl__error_nomem(err) : TSL_OK);
    TSL__TRY(tsl__write_whole(text.data, text.length, target, err));
done:
    tsl__text_free(&text);
    return status;
}
