/* side_words.c: the tables of the words by which rows go one way or the other. */
#include "table/names/side_words.h"

#include "table/names/role_names.h"

/* As tsl__name_fold leaves them, between bars. */
static const char *const pairs[][2] = {
    {"|d|dr|debit|debits|deb|db|debe|cargo|", "|c|cr|credit|credits|cred|h|haber|abono|"},
    {"|s|soll|", "|h|haben|"},
    {"|借|借方|", "|贷|贷方|"},
    {"|收|收入|收款|", "|支|支出|付|付款|"},
    {"|in|incoming|inflow|inbound|eingang|einnahme|einnahmen|entree|encaissement|entrada|ingreso|进|入|入库|入账|",
     "|out|outgoing|outflow|outbound|ausgang|ausgabe|ausgaben|sortie|decaissement|salida|egreso|出|出库|出账|"},
};

typedef struct word_document {
    tsl__document is;
    const char *words;
} word_document;

static const word_document documents[] = {
    {TSL__DOCUMENT_SALE,
     "|sale|sales|sold|salesale|salesinvoice|invoice|salesorder|order|charge|salesreceipt|retailsale|"
     "|销售|销售单|销售出库|销售出库单|销货|销货单|零售|零售单|出库|订单|发票|销售发票|消费|"
     "|verkauf|rechnung|ausgangsrechnung|bestellung|auftrag|vente|facture|commande|venta|factura|pedido|"},
    {TSL__DOCUMENT_RETURN,
     "|return|returns|returned|salesreturn|salereturn|refund|refunds|refunded|fullrefund|paymentrefund|"
     "creditmemo|creditnote|chargeback|chargedback|reversal|reversed|"
     "|退款|全额退款|退款单|退货|退货单|销售退货|销售退货单|销售退货入库|销售退货入库单|销退|销退入库|退货入库|"
     "销退单|退单|退货退款|红冲|冲红|红字|红字发票|红票|冲销|"
     "|storno|stornierung|stornorechnung|erstattung|ruckerstattung|rueckerstattung|retoure|ruckgabe|rueckgabe|"
     "rucksendung|ruecksendung|gutschrift|"
     "|remboursement|retour|avoir|notedecredit|reembolso|devolucion|notadecredito|abono|"},
    {TSL__DOCUMENT_NO_SALE, "|proforma|proformainvoice|proformarechnung|factureproforma|facturaproforma|形式发票|"},
    {TSL__DOCUMENT_PAYMENT,
     "|payment|payments|paymentreceived|receipt|customerpayment|cashreceipt|deposit|payout|transfer|withdrawal|"
     "|付款|支付|收款|收款单|回款|充值|提现|转账|"
     "|zahlung|zahlungseingang|einzahlung|auszahlung|uberweisung|ueberweisung|"
     "|paiement|reglement|encaissement|virement|pago|cobro|transferencia|"},
    {TSL__DOCUMENT_PURCHASE,
     "|purchase|purchases|purchaseinvoice|purchaseorder|bill|vendorbill|purchasereturn|expense|"
     "|采购|采购单|采购入库|采购入库单|采购退货|采购退货出库|进货|进货单|其他入库|其他出库|盘盈入库|盘亏出库|调拨入库|"
     "调拨出库|"
     "|einkauf|eingangsrechnung|wareneingang|achat|factureachat|facturedachat|compra|facturadecompra|"},
};

/* S2 cancels a credit memo; L2 is a debit memo; F5 and F8 are pro forma, LR and LG lists of what was billed, AG and QT
 * quotations, AF and IN inquiries. */
static const word_document codes[] = {
    {TSL__DOCUMENT_SALE, "|f1|f2|l2|s2|bv|fp|ta|or|so|dr|"},
    {TSL__DOCUMENT_RETURN, "|re|g2|cr|s1|b1|b3|b4|"},
    {TSL__DOCUMENT_NO_SALE, "|f5|f8|lr|lg|lrs|lgs|ag|qt|af|in|"},
};

unsigned tsl__side_find_pairs(tsl__span value, int second)
{
    unsigned found = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        found |= tsl__name_is_among(value, pairs[i][second]) ? 1U << i : 0;
    }
    return found;
}

static tsl__document find(tsl__span value, const word_document *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (tsl__name_is_among(value, list[i].words)) {
            return list[i].is;
        }
    }
    return TSL__DOCUMENT_OTHER;
}

tsl__document tsl__document_find(tsl__span value)
{
    return find(value, documents, sizeof documents / sizeof *documents);
}

tsl__document tsl__document_find_code(tsl__span value)
{
    return find(value, codes, sizeof codes / sizeof *codes);
}
