// Imported first: the design system's development hints do not belong in a user's console.
window.dsWarnings = false;
document.documentElement.classList.add("rd-script");
