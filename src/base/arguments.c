/* arguments.c: what people write for a number or a language. */
#include "base/error.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

tsl_status tsl_number_read(const char *text, double *number, tsl_error *err)
{
    double value;
    tsl__error_reset(err);
    if (tsl__double_read(text, strlen(text), &value) != 0 || !isfinite(value)) {
        return tsl__error_set(err, TSL_E_OPTION, "\"%s\" is not a number", text);
    }
    *number = value;
    return TSL_OK;
}

static const char *const langs[TSL_LANGS] = {"en", "zh"};

const char *tsl_lang_get_code(int index)
{
    return index >= 0 && index < TSL_LANGS ? langs[index] : "?";
}

tsl_status tsl_lang_read(const char *lang, int *index, tsl_error *err)
{
    tsl__error_reset(err);
    for (int i = 0; lang && i < TSL_LANGS; i++) {
        if (strcmp(langs[i], lang) == 0) {
            *index = i;
            return TSL_OK;
        }
    }
    return tsl__error_set(err, TSL_E_OPTION, "lang: \"%s\" is not en or zh", lang ? lang : "");
}
