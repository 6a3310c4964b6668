/* place_words.c: the words of a place among segments. */
#include "label/place_words.h"

const char *tsl__place_get_word(int place, int high, int lang)
{
    static const char *const en[2][TSL__PLACE_LAST] = {
        {"lowest", "second-lowest", "third-lowest", "fourth-lowest", "fifth-lowest", "sixth-lowest"},
        {"highest", "second-highest", "third-highest", "fourth-highest", "fifth-highest", "sixth-highest"}};
    static const char *const zh[2][TSL__PLACE_LAST] = {{"最低", "第二低", "第三低", "第四低", "第五低", "第六低"},
                                                       {"最高", "第二高", "第三高", "第四高", "第五高", "第六高"}};
    return (lang ? zh : en)[high][place - 1];
}
