"""Addresses for those who pay."""

from django.urls import path

from .views import acting, bank, batches, payments, preparing

urlpatterns = [
    path("<slug:tenant>/betaling/", payments.show, name="payments"),
    path("<slug:tenant>/betaling/ny/", preparing.prepare, name="prepare_batch"),
    path("<slug:tenant>/betaling/bank/", bank.show, name="bank"),
    path("<slug:tenant>/betaling/bank/svar/<uuid:bank_answer>/", bank.trouble, name="bank_trouble"),
    path("<slug:tenant>/betaling/bank/betaling/<uuid:payment>/", bank.receipt, name="bank_receipt"),
    path("<slug:tenant>/betaling/<uuid:batch>/", batches.show, name="batch"),
    path("<slug:tenant>/betaling/<uuid:batch>/godkjenn/", acting.approve, name="approve_batch"),
    path("<slug:tenant>/betaling/<uuid:batch>/send-tilbake/", acting.send_back, name="return_batch"),
    path("<slug:tenant>/betaling/<uuid:batch>/sendt/", acting.sent, name="mark_sent"),
    path("<slug:tenant>/betaling/<uuid:batch>/bankfil/", batches.bank_file, name="bank_file"),
]
