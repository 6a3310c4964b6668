/* side_words.h: columns that say which way a row goes, and the words of the two ways. */
#ifndef TSL_TABLE_NAMES_SIDE_WORDS_H
#define TSL_TABLE_NAMES_SIDE_WORDS_H

#include "table/cell/span.h"

/* Pairs of words for the two sides of an account or a store: debit and credit, in and out. A bit each. */
unsigned tsl__side_find_pairs(tsl__span value, int second);

/* What a document is, beside what a status says of it. */
typedef enum tsl__document {
    TSL__DOCUMENT_OTHER,   /* nothing that is known */
    TSL__DOCUMENT_SALE,    /* "Invoice", 销售出库 */
    TSL__DOCUMENT_RETURN,  /* "Refund", 退货: a sale the other way */
    TSL__DOCUMENT_PAYMENT, /* "Payment", 收款: of a sale that has a document of its own */
    TSL__DOCUMENT_NO_SALE, /* a pro forma, a quotation, a list of invoices */
    TSL__DOCUMENT_PURCHASE /* "Purchase", 采购入库: no sale where there are sales beside it */
} tsl__document;
tsl__document tsl__document_find(tsl__span value);
/* By the codes that SAP is delivered with for what is billed and ordered: F2, RE, G2. Elsewhere they are other words:
 * RE is a Rechnung. */
tsl__document tsl__document_find_code(tsl__span value);

#endif
