/* status_words.h: columns that say what became of a sale, and the words by which they say that it is none. */
#ifndef TSL_TABLE_NAMES_STATUS_WORDS_H
#define TSL_TABLE_NAMES_STATUS_WORDS_H

#include "table/cell/span.h"

/* How a column says so, as its name tells. */
typedef enum tsl__status_kind {
    TSL__STATUS_NONE,
    TSL__STATUS_WORDS, /* "Order Status", 交易状态: by words for what is no sale */
    TSL__STATUS_STAGE, /* "Deal Stage": what is not won is none, where its values are such stages */
    TSL__STATUS_TYPE,  /* "Transaction Type", 单据类型: by those words, where the amounts have no sign that tells */
    TSL__STATUS_SIDE, /* "S/H", 借贷方向: by which of two sides, as it is in accounts; no word says what is no sale */
    TSL__STATUS_FLAG,         /* "is_cancelled", 是否退款: yes is none, where all its values are yes or no */
    TSL__STATUS_FLAG_OF_SALE, /* "is_paid", 是否付款: likewise, no is none */
    TSL__STATUS_DATE          /* "Cancelled at", 取消时间: where there is a date, where all its values are such */
} tsl__status_kind;
#define TSL__STATUS_DATED "a date" /* stands for any of them */
tsl__status_kind tsl__status_find_kind(const char *name);

/* 1: the value says that nothing was sold, or it was given back: "Cancelled", "unpaid", 已退款. */
int tsl__status_is_no_sale(tsl__span value);
/* 1: so it is with a part of it: "Partially refunded". */
int tsl__status_is_part(tsl__span value);
/* 1: of a stage: a sale, "Closed Won"; any stage that is known. */
int tsl__status_is_won(tsl__span value);
int tsl__status_is_stage(tsl__span value);

#endif
