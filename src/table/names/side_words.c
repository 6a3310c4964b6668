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

static const struct {
    tsl__document is;
    const char *words;
} documents[] = {
    {TSL__DOCUMENT_SALE,
     "|sale|sales|sold|salesale|salesinvoice|invoice|salesorder|order|charge|salesreceipt|retailsale|"
     "|销售|销售单|销售出库|销售出库单|销货|销货单|零售|零售单|出库|订单|发票|销售发票|消费|"
     "|verkauf|rechnung|ausgangsrechnung|bestellung|auftrag|vente|facture|commande|venta|factura|pedido|"},
    {TSL__DOCUMENT_RETURN,
     "|return|returns|returned|salesreturn|salereturn|refund|refunds|refunded|fullrefund|paymentrefund|"
     "creditmemo|creditnote|chargeback|chargedback|reversal|reversed|"
     "|退款|全额退款|退款单|退货|退货单|销售退货|销售退货单|销售退货入库|销售退货入库单|销退|销退入库|退货入库|"
     "销退单|退单|退货退款|红冲|冲红|红字发票|冲销|"
     "|storno|stornierung|stornorechnung|erstattung|ruckerstattung|rueckerstattung|retoure|ruckgabe|rueckgabe|"
     "rucksendung|ruecksendung|gutschrift|"
     "|remboursement|retour|avoir|notedecredit|reembolso|devolucion|notadecredito|abono|"},
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

unsigned tsl__side_find_pairs(tsl__span value, int second)
{
    unsigned found = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        found |= tsl__name_is_among(value, pairs[i][second]) ? 1U << i : 0;
    }
    return found;
}

tsl__document tsl__document_find(tsl__span value)
{
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        if (tsl__name_is_among(value, documents[i].words)) {
            return documents[i].is;
        }
    }
    return TSL__DOCUMENT_OTHER;
}
