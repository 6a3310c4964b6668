/* id_words.h: ids by which a table says that a row is of no customer. */
#ifndef TSL_TABLE_NAMES_ID_WORDS_H
#define TSL_TABLE_NAMES_ID_WORDS_H

#include "table/cell/span.h"

typedef enum tsl__id_word {
    TSL__ID_WORD_NONE,
    TSL__ID_WORD_WALK_IN, /* nobody in particular: "guest", 散客 */
    TSL__ID_WORD_FILLER,  /* a number that may stand for nobody: 0, -1, 9999; or be an id like others */
    TSL__ID_WORD_TEST,    /* an account to try with: "test01", 测试 */
    TSL__ID_WORD_TOTAL,   /* the sum of other rows: "Grand total", 合计 */
    TSL__ID_WORD_AVERAGE  /* their average: "Durchschnitt", 平均 */
} tsl__id_word;

tsl__id_word tsl__id_word_find(tsl__span id);

#endif
