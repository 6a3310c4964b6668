/* status_words.h: columns that say what became of a sale, and the words by which they say that it is none. */
#ifndef TSL_TABLE_NAMES_STATUS_WORDS_H
#define TSL_TABLE_NAMES_STATUS_WORDS_H

#include "table/cell/span.h"
#include "table/names/side_words.h"

/* How a column says so, as its name tells. */
typedef enum tsl__status_kind {
    TSL__STATUS_NONE,
    TSL__STATUS_WORDS,    /* "Order Status", 交易状态: by words for what is no sale */
    TSL__STATUS_DELIVERY, /* "Delivery Status", 物流状态: likewise, but for those that it is still to come */
    TSL__STATUS_STAGE,    /* "Deal Stage": what is not won is none, where its values are such stages */
    TSL__STATUS_TYPE, /* "Transaction Type", 单据类型: by those words, where the amounts have no sign that tells */
    TSL__STATUS_BILLING, /* "Billing Type", Fakturaart: likewise, and by the codes of SAP */
    TSL__STATUS_SIDE, /* "S/H", 借贷方向: by which of two sides, as it is in accounts; no word says what is no sale */
    TSL__STATUS_FLAG,         /* "is_cancelled", 是否退款: yes is none, where all its values are yes or no */
    TSL__STATUS_FLAG_OF_SALE, /* "is_paid", 是否付款: likewise, no is none */
    TSL__STATUS_DATE          /* "Cancelled at", 取消时间: where there is a date, where all its values are such */
} tsl__status_kind;
#define TSL__STATUS_DATED "a date" /* stands for any of them */
tsl__status_kind tsl__status_find_kind(const char *name);

/* 1: one of types of documents. */
int tsl__status_is_type(tsl__status_kind kind);

/* 1: the value says that nothing was sold, or it was given back: "Cancelled", "unpaid", 已退款. */
int tsl__status_is_no_sale(tsl__span value);
/* 1: so does the value of such a column, or a piece of it: "Shipped - Returned to Seller", (删除)等待出库. */
int tsl__status_says_no_sale(tsl__status_kind kind, tsl__span value);
/* By the codes of its kind, if it has some, and by words. */
tsl__document tsl__status_find_document(tsl__status_kind kind, tsl__span value);
/* Pairs of no and yes that only flags have, of which the value is the one: "ja", "X". A bit each. */
unsigned tsl__status_find_flags(tsl__span value, int yes);
/* 1: it may have become one since: "pending", 待付款. */
int tsl__status_is_open(tsl__span value);
/* 1: so it is with a part of it: "Partially refunded". */
int tsl__status_is_part(tsl__span value);
/* 1: of a stage: a sale, "Closed Won"; any stage that is known. */
int tsl__status_is_won(tsl__span value);
int tsl__status_is_stage(tsl__span value);

#endif
